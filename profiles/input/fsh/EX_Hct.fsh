Instance: example-hct
InstanceOf: CartographHct
Usage: #example
Title: "Example: allogeneic HCT"
Description: "A transplantation three months after the infusion."
* insert ExampleAct(2024-06-10)
* code = ProcedureCS#allogeneic-hct
* extension[donor].valueCodeableConcept = HctDonorCS#MUD
* extension[conditioning].valueCodeableConcept = ConditioningCS#TBI-MAC
* extension[conditioningStart].valueDate = "2024-06-03"

Instance: example-hct-decision
InstanceOf: CartographHctDecision
Usage: #example
Title: "Example: fit for HCT"
Description: "A clinician's statement that the patient can proceed."
* insert ExampleObservation(2024-05-02)
* code = ObservationCS#fit-for-hct
* valueBoolean = true
* insert ExampleAuthor
