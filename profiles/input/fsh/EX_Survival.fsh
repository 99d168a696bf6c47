Instance: example-vital-status
InstanceOf: CartographVitalStatus
Usage: #example
Title: "Example: alive at last contact"
Description: "Seen alive two years after the infusion."
* insert ExampleObservation(2026-03-11)
* code = ObservationCS#vital-status
* valueCodeableConcept = VitalStatusCS#alive

Instance: example-cause-of-death
InstanceOf: CartographCauseOfDeath
Usage: #example
Title: "Example: cause of death"
Description: "Death from infection."
* insert Synthetic
* status = #final
* code = ObservationCS#cause-of-death
* subject = Reference(example-patient-deceased)
* effectiveDateTime = "2025-01-20"
* valueCodeableConcept = DeathCauseCS#infection
