Profile: CartographNeuroAssessment
Parent: Observation
Id: cartograph-neuro-assessment
Title: "Neurological examination"
Description: "What was found at one examination for neurotoxicity. What was not examined is left out, for it is unknown; what was looked for and absent is none."
* insert PatientObservation
* obeys cart-assessment-parts
* code = ObservationCS#neuro-assessment
* effective[x] only dateTime
* value[x] 0..0
* insert ComponentsByCode
* insert Component(ice-score, 0..1, integer)
* component[ice-score] obeys cart-ice-range
* insert Component(capd-score, 0..1, integer)
* component[capd-score] obeys cart-capd-range
* insert Component(unable-to-perform, 0..1, boolean)
* insert CodedComponent(consciousness, 0..1, ConsciousnessVS)
* insert Component(sedated, 0..1, boolean)
* insert CodedComponent(seizure, 0..1, SeizureVS)
* insert Component(seizure-duration, 0..1, Quantity)
* component[seizure-duration].valueQuantity obeys cart-duration-unit
* insert CodedComponent(motor, 0..1, MotorVS)
* insert CodedComponent(intracranial, 0..*, IntracranialVS)
* insert Component(other-cause, 0..1, boolean)

Profile: CartographIceScore
Parent: Observation
Id: cartograph-ice-score
Title: "ICE score"
Description: "Immune effector cell-associated encephalopathy score, 0 to 10; for patients of 12 years and more."
* insert AnswerObservation
* obeys cart-ice-range
* code = ObservationCS#ice-score
* value[x] only integer

Profile: CartographCapdScore
Parent: Observation
Id: cartograph-capd-score
Title: "CAPD score"
Description: "Cornell Assessment of Pediatric Delirium, 0 to 32; for patients under 12 years."
* insert AnswerObservation
* obeys cart-capd-range
* code = ObservationCS#capd-score
* value[x] only integer
