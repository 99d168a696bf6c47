Instance: example-therapy
InstanceOf: CartographTherapy
Usage: #example
Title: "Example: later therapy"
Description: "Blinatumomab over four weeks, for measurable residual disease."
* insert ExampleAdministration
* medicationCodeableConcept = AgentCS#blinatumomab
* effectivePeriod.start = "2024-09-02"
* effectivePeriod.end = "2024-09-30"
* extension[intent].valueCodeableConcept = TherapyIntentCS#new-therapy
* extension[reason].valueCodeableConcept = TherapyReasonCS#mrd

Instance: example-lymphodepletion
InstanceOf: CartographLymphodepletion
Usage: #example
Title: "Example: lymphodepletion"
Description: "Fludarabine five days before the infusion."
* insert ExampleAdministration
* medicationCodeableConcept = AgentCS#fludarabine
* effectiveDateTime = "2024-02-28"
* dosage.dose = 36 'mg'
* extension[intent].valueCodeableConcept = TherapyIntentCS#lymphodepletion

Instance: example-radiotherapy
InstanceOf: CartographTherapyProcedure
Usage: #example
Title: "Example: radiotherapy"
Description: "Radiotherapy before the infusion, as bridging."
* insert ExampleAct(2024-02-05)
* code = ProcedureCS#radiotherapy
* extension[intent].valueCodeableConcept = TherapyIntentCS#bridging
