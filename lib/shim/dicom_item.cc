#include "shim/dicom_item.h"

#include "shim/dicom_forgiven.h"

namespace radmill
{

int64_t forgiven_in(DcmFileFormat &file, const text_reader &text)
{
    text_reader meta;
    const std::string named = meta.get(*file.getMetaInfo(), DCM_TransferSyntaxUID);
    const E_TransferSyntax said = DcmXfer(named.c_str()).getXfer();
    const bool other = said != EXS_Unknown && said != file.getDataset()->getOriginalXfer();
    const E_TransferSyntax ge = EXS_PrivateGE_LEI_WithBigEndianPixelData;
    const bool in_meta = !file.getDataset()->tagExistsWithValue(DCM_SOPClassUID) &&
                         file.getMetaInfo()->tagExistsWithValue(DCM_MediaStorageSOPClassUID);
    return (other ? DICOM_FORGAVE_SYNTAX : 0) | (text.guesses() ? DICOM_FORGAVE_TEXT : 0) |
           (said == ge ? DICOM_FORGAVE_WORDS : 0) | (in_meta ? DICOM_FORGAVE_CLASS : 0);
}

std::string class_of(DcmFileFormat &file)
{
    OFString text;
    file.getDataset()->findAndGetOFString(DCM_SOPClassUID, text);
    if (text.empty())
        file.getMetaInfo()->findAndGetOFString(DCM_MediaStorageSOPClassUID, text);
    return std::string(text.c_str(), text.size());
}

} // namespace radmill
