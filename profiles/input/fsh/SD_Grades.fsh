// A grade holds at one time or for a period.
Profile: CartographToxicityGrade
Parent: Observation
Id: cartograph-toxicity-grade
Title: "Toxicity grade"
Description: "A grade of toxicity as somebody gave it, by a named grading system: a number, or a code of the list of grades. The profiles of single toxicities narrow this one; it serves by itself for those that have none."
* insert PatientObservation
* obeys cart-answer
* obeys cart-grade-system
* obeys cart-grade-range
* obeys cart-adjudication
* code from ToxicityGradeVS (required)
* effective[x] only dateTime or Period
* value[x] MS
* value[x] only integer or CodeableConcept
* valueCodeableConcept from GradeVS (required)
* method MS
* method from GradingSystemVS (extensible)
* performer MS
* issued MS
* extension contains Adjudicates named adjudicates 0..1 MS
* insert ComponentsByCode
* insert CodedComponent(phase, 0..1, PhaseVS)
* insert CodedComponent(attribution, 0..1, AttributionVS)
* insert Component(starts-episode, 0..1, boolean)

Profile: CartographCrsGrade
Parent: CartographToxicityGrade
Id: cartograph-crs-grade
Title: "CRS grade"
Description: "Grade of cytokine release syndrome with what it rests on, as far as it is known: fever, hypotension, the number of vasopressors, the oxygen device and its flow. Cartograph takes the grade as stated; a grade of its own it computes from vital signs, breathing support and administrations, never from these components."
* insert GradeOf(crs-grade)
* insert Component(fever, 0..1, boolean)
* component contains hypotension 0..1 MS
* component[hypotension].code = ObservationCS#hypotension
* component[hypotension].value[x] only boolean
* insert Component(vasopressors, 0..1, integer)
* component[vasopressors] obeys cart-count
* insert CodedComponent(oxygen-device, 0..1, OxygenDeviceVS)
* insert OxygenFlowComponent

Profile: CartographIcansGrade
Parent: CartographToxicityGrade
Id: cartograph-icans-grade
Title: "ICANS grade"
Description: "Grade of immune effector cell-associated neurotoxicity. The examination it rests on is an observation of its own."
* insert GradeOf(icans-grade)

Profile: CartographCresGrade
Parent: CartographToxicityGrade
Id: cartograph-cres-grade
Title: "CRES grade"
Description: "Grade of CAR-T-cell-related encephalopathy, the older name; it is kept apart from ICANS and never translated."
* insert GradeOf(cres-grade)

Profile: CartographIcahtGrade
Parent: CartographToxicityGrade
Id: cartograph-icaht-grade
Title: "ICAHT grade"
Description: "Grade of immune effector cell-associated haematotoxicity; the phase says whether it is the early or the late one."
* insert GradeOf(icaht-grade)

Profile: CartographIecHsGrade
Parent: CartographToxicityGrade
Id: cartograph-iec-hs-grade
Title: "IEC-HS grade"
Description: "Grade of the haemophagocytic lymphohistiocytosis-like syndrome after immune effector cells."
* insert GradeOf(iec-hs-grade)

Profile: CartographHlhGrade
Parent: CartographToxicityGrade
Id: cartograph-hlh-grade
Title: "HLH grade"
Description: "Grade of haemophagocytic lymphohistiocytosis where the sender does not call it IEC-HS."
* insert GradeOf(hlh-grade)

// Scales of GVHD are none of the list of grading systems: the method may be any concept, or text.
Profile: CartographGvhdGrade
Parent: CartographToxicityGrade
Id: cartograph-gvhd-grade
Title: "GVHD grade"
Description: "Grade of graft-versus-host disease; its scale is named in the method, as text where there is no code."
* code = ObservationCS#gvhd-grade

Profile: CartographAdjudication
Parent: CartographToxicityGrade
Id: cartograph-adjudication
Title: "Adjudication of a grade"
Description: "A clinician's decision about a grade, stated or computed. It names what it decides about, its author and the date of the decision; what it overrides stays as it is."
* extension[adjudicates] 1..1
* performer 1..*
* issued 1..1
