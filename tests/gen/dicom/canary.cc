// Words that must never come out again: in every name, id, comment and description that DICOM
// knows.
#include "object.h"

#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>

#include <algorithm>

namespace gen
{

// What a table may show: the patient id, what the device is, and what a value means.
static const DcmTagKey allowed[] = {
    DCM_PatientID,         DCM_Manufacturer,         DCM_ManufacturerModelName,
    DCM_ConvolutionKernel, DCM_ReconstructionMethod, DCM_RescaleType};

static bool is_text(DcmEVR vr)
{
    switch (vr) {
    case EVR_PN:
    case EVR_LO:
    case EVR_SH:
    case EVR_LT:
    case EVR_ST:
    case EVR_UT:
    case EVR_UC:
    case EVR_AE:
        return true;
    default:
        return false;
    }
}

// Of groups that describe patient, study, equipment, acquisition, procedure and structures.
static bool is_wanted(const DcmDictEntry &entry)
{
    const DcmTagKey key = entry.getKey();
    const Uint16 group = key.getGroup();
    const bool is_data = group >= 0x0008 && group < 0x5000 && group % 2 == 0;
    return is_data && !entry.isRepeating() && is_text(entry.getEVR()) &&
           std::find(std::begin(allowed), std::end(allowed), key) == std::end(allowed);
}

static const std::vector<DcmTagKey> &wanted()
{
    static const std::vector<DcmTagKey> keys = [] {
        std::vector<DcmTagKey> found;
        DcmDataDictionary &dictionary = dcmDataDict.wrlock();
        for (auto it = dictionary.normalBegin(); it != dictionary.normalEnd(); ++it)
            if (is_wanted(**it))
                found.push_back((*it)->getKey());
        dcmDataDict.wrunlock();
        return found;
    }();
    return keys;
}

static void put_regions(const std::string &word, DcmItem *d, const DcmTagKey &sequence,
                        std::initializer_list<DcmTagKey> keys)
{
    DcmSequenceOfItems *items = nullptr;
    if (d->findAndGetSequence(sequence, items).bad())
        return;
    for (unsigned long i = 0; i < items->card(); i++)
        for (const DcmTagKey &key : keys)
            put(items->getItem(i), key, word);
}

void put_canary(const std::string &word, DcmItem *d)
{
    if (word.empty())
        return;
    for (const DcmTagKey &key : wanted())
        d->putAndInsertString(key, word.c_str());
    put(d, DCM_PatientBirthDate, "19010203");
    put_regions(word, d, DCM_StructureSetROISequence,
                {DCM_ROIDescription, DCM_ROIGenerationDescription});
    /* ROI Observation Label and Description are retired: their names depend on DCMTK's release. */
    put_regions(word, d, DCM_RTROIObservationsSequence,
                {DCM_ROIInterpreter, DcmTagKey(0x3006, 0x0085), DcmTagKey(0x3006, 0x0088)});
    put_regions(word, d, DCM_SegmentSequence,
                {DCM_SegmentDescription, DCM_TrackingID, DCM_SegmentAlgorithmName});
    put(append(d, DCM_OtherPatientIDsSequence), DCM_PatientID, word);
    DcmItem *request = append(d, DCM_RequestAttributesSequence);
    put(request, DCM_RequestedProcedureDescription, word);
    d->putAndInsertString(DcmTag(0x0009, 0x0010, EVR_LO), word.c_str());
    d->putAndInsertString(DcmTag(0x0009, 0x1001, EVR_LO), word.c_str());
}

} // namespace gen
