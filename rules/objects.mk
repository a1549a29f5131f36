# One template for every room and tool: sources to objects with automatic dependency files, all rooms
# into one archive. --as-needed keeps a tool free of the libraries that it does not call.
ROOM_C    := $(filter-out lib/cli/main.c lib/shim/dicom_away.c lib/shim/dicom_plugin.c,$(foreach r,$(ROOMS),$(sort $(wildcard lib/$(r)/*.c))))
ROOM_CC   := $(filter-out lib/shim/itk_%.cc lib/shim/codecs_%.cc,$(sort $(wildcard lib/shim/*.cc)))
PLUGIN_CC := $(sort $(wildcard lib/shim/itk_*.cc))
CODECS_CC := $(sort $(wildcard lib/shim/codecs_*.cc))

ROOM_OBJECTS := $(ROOM_C:%.c=$(BUILD)/%.o) $(ROOM_CC:%.cc=$(BUILD)/%.o)
ARCHIVE      := $(BUILD)/libradmill-all.a
TOOL_BINARIES = $(TOOLS:%=$(BIN)/%)

# ITK is a plugin that is loaded only for formats beyond NIfTI: radfeat starts without it.
PLUGINS := $(if $(PLUGIN_CC),$(BUILD)/plugins/radmill-itk.so)
# So is DCMTK, for DICOM that is not plain, and so are its decoders, for compressed DICOM (lib/shim/dicom_calls.h).
DCMTK_PLUGINS := $(BUILD)/plugins/radmill-dicom.so $(BUILD)/plugins/radmill-codecs.so

$(BUILD)/gen/version.h: rules/version.sh VERSION
	@rules/version.sh $@

# DCMTK's dictionary as rows of a table; the program runs while we build.
$(BUILD)/gen/dicom-dictionary: rules/dicom-dictionary.cc
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS_ALL) -O0 $(LDFLAGS) -o $@ $< $(DEPS_LIB) -ldcmdata -loflog -lofstd
$(BUILD)/gen/dicom_dictionary.inc: $(BUILD)/gen/dicom-dictionary
	@$< > $@
$(BUILD)/lib/shim/dicom_dictionary.o: $(BUILD)/gen/dicom_dictionary.inc
$(BUILD)/gen/dicom_vrs.inc: $(BUILD)/gen/dicom-dictionary
	@$< vrs > $@
$(BUILD)/lib/shim/dicom_vrs.o: $(BUILD)/gen/dicom_vrs.inc

$(BUILD)/%.o: %.c $(BUILD)/gen/version.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(CFLAGS_$(subst /,_,$*)) -MMD -MP -c -o $@ $<

$(BUILD)/lib/shim/itk_%.o: lib/shim/itk_%.cc $(BUILD)/gen/version.h
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS_ALL) $(ITK_FLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.cc $(BUILD)/gen/version.h
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS_ALL) -MMD -MP -c -o $@ $<

$(ARCHIVE): $(ROOM_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

# A program is the tool of its name. radfeat is radguard, too: the guard then runs radfeat in a forked
# child, without starting a program (guard/guard.h).
PROGRAM_radfeat := radfeat radguard
tools_of    = $(subst -,_,$(or $(PROGRAM_$1),$1))
$(BUILD)/tools/%.main.o: lib/cli/main.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -DTOOLS='$(foreach t,$(call tools_of,$*),TOOL($t_tool))' -MMD -MP -c -o $@ $<

$(BIN)/radguard: $(BIN)/radfeat
	@ln -sf radfeat $@
$(BIN)/radfeat: $(BUILD)/tools/radguard.o
$(BIN)/%: $(BUILD)/tools/%.main.o $(BUILD)/tools/%.o $(BUILD)/lib/shim/dicom_away.o $(ARCHIVE)
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $(LDFLAGS) -Wl,--gc-sections -Wl,--as-needed -o $@ $(filter %.o,$^) $(ARCHIVE) $(LIBS_ALL)

# ITK_LIBS: only what the plugin calls.
.PHONY: plugins
plugins: $(PLUGINS) $(DCMTK_PLUGINS)
$(BUILD)/plugins/radmill-itk.so: $(PLUGIN_CC:%.cc=$(BUILD)/%.o)
	@mkdir -p $(@D)
	$(CXX) $(SANITIZE) $(LDFLAGS) -shared -Wl,--as-needed -o $@ $^ $(ITK_LIBS)

# What is in it besides its entry: whatever that needs of the rooms.
$(BUILD)/gen/radmill-dicom.map:
	@mkdir -p $(@D)
	@printf '{ global: radmill_dicom_calls; local: *; };\n' > $@
$(BUILD)/plugins/radmill-dicom.so: $(BUILD)/lib/shim/dicom_plugin.o $(ARCHIVE) $(BUILD)/gen/radmill-dicom.map
	@mkdir -p $(@D)
	$(CXX) $(SANITIZE) $(LDFLAGS) -shared -Wl,--gc-sections -Wl,--as-needed -Wl,--version-script=$(BUILD)/gen/radmill-dicom.map -o $@ \
	    $(filter %.o,$^) $(ARCHIVE) $(LIBS_ALL)

$(BUILD)/plugins/radmill-codecs.so: $(CODECS_CC:%.cc=$(BUILD)/%.o)
	@mkdir -p $(@D)
	$(CXX) $(SANITIZE) $(LDFLAGS) -shared -Wl,--as-needed -o $@ $^ $(LIBS_CODECS)

-include $(ROOM_OBJECTS:.o=.d) $(BUILD)/lib/shim/dicom_away.d $(BUILD)/lib/shim/dicom_plugin.d $(CODECS_CC:%.cc=$(BUILD)/%.d) $(PLUGIN_CC:%.cc=$(BUILD)/%.d) $(TOOLS:%=$(BUILD)/tools/%.d) \
         $(TOOLS:%=$(BUILD)/tools/%.main.d)
.SECONDARY:
.DELETE_ON_ERROR:
