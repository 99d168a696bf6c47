Instance: example-b-all
InstanceOf: CartographBAll
Usage: #example
Title: "Example: B-ALL"
Description: "Confirmed B-ALL, with a SNOMED CT code beside ours."
* insert Synthetic
* clinicalStatus = $ConditionClinical#active
* verificationStatus = $ConditionVerification#confirmed
* code.coding[0] = ConditionCS#b-all
* code.coding[+] = $SCT#277571004
* subject = Reference(example-patient)
* onsetDateTime = "2021-02-10"

Instance: example-second-malignancy
InstanceOf: CartographSecondMalignancy
Usage: #example
Title: "Example: second malignancy"
Description: "A T-cell malignancy two years after the infusion."
* insert Synthetic
* clinicalStatus = $ConditionClinical#active
* verificationStatus = $ConditionVerification#confirmed
* code.coding[0] = ConditionCS#second-malignancy
* code.text = "T-cell lymphoma"
* subject = Reference(example-patient)
* onsetDateTime = "2026-03"
* extension[malignancyClass].valueCodeableConcept = MalignancyClassCS#t-cell

Instance: example-cytogenetic-marker
InstanceOf: CartographCytogeneticMarker
Usage: #example
Title: "Example: KMT2A rearrangement excluded"
Description: "A marker that was looked for and not found."
* insert ExampleObservation(2021-02-12)
* code = ObservationCS#cytogenetic-marker
* valueCodeableConcept = MarkerCS#KMT2A-rearrangement
* component[marker-present].valueBoolean = false
