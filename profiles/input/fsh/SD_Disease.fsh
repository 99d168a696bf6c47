Extension: MalignancyClass
Id: malignancy-class
Title: "Class of a second malignancy"
Description: "Coarse class of a second malignancy, beside the code that says what it is."
* insert CodedExtension(Condition, MalignancyClassVS)

Profile: CartographBAll
Parent: Condition
Id: cartograph-b-all
Title: "B-cell acute lymphoblastic leukaemia"
Description: "The leukaemia that CAR-T cells are given for. Codes of SNOMED CT or ICD may stand beside ours."
* clinicalStatus MS
* verificationStatus 1..1 MS
* code 1..1 MS
* code = ConditionCS#b-all
* subject MS
* subject only Reference(Patient)
* onset[x] MS
* onset[x] only dateTime

Profile: CartographSecondMalignancy
Parent: Condition
Id: cartograph-second-malignancy
Title: "Second malignancy"
Description: "A malignancy other than the treated leukaemia. What it is stands beside our code, in any system. A return of the leukaemia in another lineage is a relapse, not this."
* clinicalStatus MS
* verificationStatus 1..1 MS
* code 1..1 MS
* code = ConditionCS#second-malignancy
* subject MS
* subject only Reference(Patient)
* onset[x] MS
* onset[x] only dateTime
* extension contains MalignancyClass named malignancyClass 0..1 MS

Profile: CartographCytogeneticMarker
Parent: Observation
Id: cartograph-cytogenetic-marker
Title: "Genetic marker of the leukaemia"
Description: "One named marker, found or excluded. A marker that was not tested is not sent."
* insert AnswerObservation
* code = ObservationCS#cytogenetic-marker
* insert CodedAnswer(MarkerVS)
* insert ComponentsByCode
* insert Component(marker-present, 1..1, boolean)
