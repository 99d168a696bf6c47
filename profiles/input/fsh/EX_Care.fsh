Instance: example-leukapheresis
InstanceOf: CartographLeukapheresis
Usage: #example
Title: "Example: leukapheresis"
Description: "Collection five weeks before the infusion."
* insert ExampleAct(2024-01-29)
* code = ProcedureCS#leukapheresis

Instance: example-supportive-drug
InstanceOf: CartographSupportiveDrug
Usage: #example
Title: "Example: tocilizumab"
Description: "One dose for CRS, with an ATC code beside ours."
* insert ExampleAdministration
* medicationCodeableConcept.coding[0] = AgentCS#tocilizumab
* medicationCodeableConcept.coding[+] = $ATC#L04AC07
* effectiveDateTime = "2024-03-07T23:10:00+01:00"
* dosage.dose = 320 'mg'
* extension[otherCause].valueBoolean = false

Instance: example-immunoglobulin
InstanceOf: CartographSupportiveDrug
Usage: #example
Title: "Example: immunoglobulin"
Description: "Replacement for lack of IgG."
* insert ExampleAdministration
* medicationCodeableConcept = AgentCS#immunoglobulin
* effectiveDateTime = "2024-06-06"
* dosage.dose = 16 'g'

Instance: example-infection
InstanceOf: CartographInfection
Usage: #example
Title: "Example: infection"
Description: "A bacteraemia that was treated in hospital."
* insert Synthetic
* clinicalStatus = $ConditionClinical#resolved
* verificationStatus = $ConditionVerification#confirmed
* severity.text = "severe"
* code = ConditionCS#infection
* subject = Reference(example-patient)
* bodySite.text = "blood"
* onsetDateTime = "2024-03-20"
* abatementDateTime = "2024-04-02"
* extension[class].valueCodeableConcept = InfectionClassCS#bacterial
* extension[organism].valueString = "Escherichia coli"
* extension[treated].valueBoolean = true
* extension[invasive].valueBoolean = true
* extension[hospitalised].valueBoolean = true

Instance: example-intensive-care-place
InstanceOf: CartographIntensiveCarePlace
Usage: #example
Title: "Example: intensive care unit"
Description: "A paediatric intensive care unit."
* insert Synthetic
* type = $RoleCode#PEDICU

Instance: example-intensive-care-stay
InstanceOf: CartographIntensiveCareStay
Usage: #example
Title: "Example: stay in intensive care"
Description: "Two days in intensive care for CRS."
* insert Synthetic
* status = #finished
* class = $ActCode#IMP
* subject = Reference(example-patient)
* location.location = Reference(example-intensive-care-place)
* location.period.start = "2024-03-07T23:30:00+01:00"
* location.period.end = "2024-03-09T11:00:00+01:00"
