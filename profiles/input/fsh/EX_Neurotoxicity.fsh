Instance: example-neuro-assessment
InstanceOf: CartographNeuroAssessment
Usage: #example
Title: "Example: neurological examination"
Description: "A child under 12 years who wakes to voice, after a short seizure."
* insert ExampleObservation(2024-03-09T08:00:00+01:00)
* code = ObservationCS#neuro-assessment
* component[capd-score].valueInteger = 11
* component[unable-to-perform].valueBoolean = false
* component[consciousness].valueCodeableConcept = ConsciousnessCS#awakens-to-voice
* component[sedated].valueBoolean = false
* component[seizure].valueCodeableConcept = SeizureCS#convulsive
* component[seizure-duration].valueQuantity = 2 'min'
* component[motor].valueCodeableConcept = MotorCS#none
* component[intracranial].valueCodeableConcept = IntracranialCS#none
* component[other-cause].valueBoolean = false

Instance: example-ice-score
InstanceOf: CartographIceScore
Usage: #example
Title: "Example: ICE score"
Description: "A score alone."
* insert ExampleObservation(2024-03-09T08:00:00+01:00)
* code = ObservationCS#ice-score
* valueInteger = 7

Instance: example-capd-score
InstanceOf: CartographCapdScore
Usage: #example
Title: "Example: CAPD score"
Description: "A score alone."
* insert ExampleObservation(2024-03-10T08:00:00+01:00)
* code = ObservationCS#capd-score
* valueInteger = 6
