Instance: example-history-never
InstanceOf: CartographHistoryAssertion
Usage: #example
Title: "Example: blinatumomab never given"
Description: "An explicit never."
* insert ExampleObservation(2024-02-15)
* code = ObservationCS#blinatumomab-exposure
* valueBoolean = false
* insert ExampleAuthor

Instance: example-history-not-known
InstanceOf: CartographHistoryAssertion
Usage: #example
Title: "Example: CD19-negative clone not known"
Description: "Asked, and not known."
* insert ExampleObservation(2024-02-15)
* code = ObservationCS#cd19-negative-clone
* dataAbsentReason = $DataAbsentReason#unknown
* insert ExampleAuthor

Instance: example-blinatumomab-response
InstanceOf: CartographBlinatumomabResponse
Usage: #example
Title: "Example: no response to blinatumomab"
Description: "Blinatumomab was given before CAR-T and did not bring a response."
* insert ExampleObservation(2024-02-15)
* code = ObservationCS#blinatumomab-response
* valueCodeableConcept = BlinatumomabResponseCS#non-response
* insert ExampleAuthor

Instance: example-first-hct-conditioning
InstanceOf: CartographFirstHctConditioning
Usage: #example
Title: "Example: conditioning of an earlier HCT"
Description: "Known from the history only."
* insert ExampleObservation(2024-02-15)
* code = ObservationCS#first-hct-conditioning
* valueCodeableConcept = ConditioningCS#chemo-MAC
* insert ExampleAuthor

Instance: example-first-hct-donor
InstanceOf: CartographFirstHctDonor
Usage: #example
Title: "Example: donor of an earlier HCT"
Description: "Known from the history only."
* insert ExampleObservation(2024-02-15)
* code = ObservationCS#first-hct-donor
* valueCodeableConcept = HctDonorCS#MSD
* insert ExampleAuthor
