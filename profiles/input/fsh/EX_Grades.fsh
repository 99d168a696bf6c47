Instance: example-crs-grade
InstanceOf: CartographCrsGrade
Usage: #example
Title: "Example: CRS of grade 3"
Description: "CRS of grade 3 for two days, with one vasopressor and oxygen by a nasal cannula."
* insert ExampleGrade(crs-grade, 3, ASTCT-2019, 2024-03-07, 2024-03-09)
* component[fever].valueBoolean = true
* component[hypotension].valueBoolean = true
* component[vasopressors].valueInteger = 1
* component[oxygen-device].valueCodeableConcept = OxygenDeviceCS#nasal-cannula
* component[oxygen-flow].valueQuantity = 2 'L/min'
* component[attribution].valueCodeableConcept = AttributionCS#car-t
* component[starts-episode].valueBoolean = true

Instance: example-icans-grade
InstanceOf: CartographIcansGrade
Usage: #example
Title: "Example: ICANS of grade 2"
Description: "The grade as a code."
* insert ExampleObservation(2024-03-09)
* code = ObservationCS#icans-grade
* valueCodeableConcept = GradeCS#2
* method = GradingSystemCS#ASTCT-2019
* component[attribution].valueCodeableConcept = AttributionCS#car-t

Instance: example-cres-grade
InstanceOf: CartographCresGrade
Usage: #example
Title: "Example: CRES of grade 1"
Description: "A grade by the older scale."
* insert ExampleGrade(cres-grade, 1, CARTOX, 2024-03-09, 2024-03-10)

Instance: example-icaht-grade
InstanceOf: CartographIcahtGrade
Usage: #example
Title: "Example: early ICAHT of grade 3"
Description: "Early haematotoxicity of grade 3."
* insert ExampleGrade(icaht-grade, 3, EHA-EBMT-2023, 2024-03-04, 2024-04-03)
* component[phase].valueCodeableConcept = PhaseCS#early

Instance: example-iec-hs-grade
InstanceOf: CartographIecHsGrade
Usage: #example
Title: "Example: IEC-HS of grade 2"
Description: "A grade of the haemophagocytic syndrome."
* insert ExampleGrade(iec-hs-grade, 2, ASTCT-2023, 2024-03-14, 2024-03-19)

Instance: example-hlh-grade
InstanceOf: CartographHlhGrade
Usage: #example
Title: "Example: HLH of grade 4"
Description: "Life-threatening HLH by the common criteria for adverse events."
* insert ExampleGrade(hlh-grade, 4, CTCAE-5, 2024-03-14, 2024-03-20)

Instance: example-gvhd-grade
InstanceOf: CartographGvhdGrade
Usage: #example
Title: "Example: acute GVHD of grade 2"
Description: "The scale has no code in the list and is named by text."
* insert ExampleObservation(2024-08-12)
* code = ObservationCS#gvhd-grade
* valueInteger = 2
* method.text = "MAGIC, acute GVHD"
* component[attribution].valueCodeableConcept = AttributionCS#other-cause

Instance: example-neutropenia-grade
InstanceOf: CartographToxicityGrade
Usage: #example
Title: "Example: neutropenia of grade 4"
Description: "A toxicity that has no profile of its own."
* insert ExampleGrade(neutropenia-grade, 4, CTCAE-5, 2024-03-06, 2024-03-18)

Instance: example-adjudication
InstanceOf: CartographAdjudication
Usage: #example
Title: "Example: adjudicated CRS grade"
Description: "After review the CRS was of grade 2."
* insert ExampleGrade(crs-grade, 2, ASTCT-2019, 2024-03-07, 2024-03-09)
* insert ExampleAuthor
* issued = "2024-06-03T09:00:00+02:00"
* extension[adjudicates].valueReference = Reference(example-crs-grade)
