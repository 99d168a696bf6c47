CodeSystem: ConditionCS
Id: cartograph-condition
Title: "Conditions"
Description: "Conditions that Cartograph reads in its own shape."
* insert CodeSystemRules
* #b-all "B-cell acute lymphoblastic leukaemia"
* #second-malignancy "Second malignancy" "A malignant disease other than the leukaemia that was treated, first seen after the infusion."
* #infection "infection"
* #crs "crs"
* #icans "icans"
* #gvhd "gvhd"
* #down-syndrome "down syndrome"

CodeSystem: MarkerCS
Id: cartograph-marker
Title: "Genetic markers"
Description: "Genetic markers of the leukaemia that bear on prognosis or therapy."
* insert CodeSystemRules
* #KMT2A-rearrangement "KMT2A rearrangement"
* #TP53-mutation "TP53 mutation" "Somatic or germline."
* #BCR-ABL1 "BCR::ABL1 fusion"
* #other-adverse "Other adverse marker"

CodeSystem: MalignancyClassCS
Id: cartograph-malignancy-class
Title: "Classes of second malignancy"
Description: "Coarse classes of a second malignancy."
* insert CodeSystemRules
* #t-cell "T-cell malignancy"
* #myeloid "Myeloid malignancy"
* #solid "Solid tumour"
* #other "Other malignancy"
