Instance: example-laboratory-value
InstanceOf: CartographLaboratoryValue
Usage: #example
Title: "Example: ferritin"
Description: "Ferritin by LOINC beside our name, with the limits of normal."
* insert ExampleObservation(2024-03-08T06:15:00+01:00)
* code.coding[0] = ObservationCS#ferritin
* code.coding[+] = $LNC#2276-4
* valueQuantity = 8400 'ng/mL'
* referenceRange.low = 7 'ng/mL'
* referenceRange.high = 140 'ng/mL'

Instance: example-igg
InstanceOf: CartographLaboratoryValue
Usage: #example
Title: "Example: IgG"
Description: "A level under which replacement was begun, below the range of the assay."
* insert ExampleObservation(2024-06-05)
* code = ObservationCS#igg
* valueQuantity.comparator = #<
* valueQuantity.value = 2
* valueQuantity.system = $UCUM
* valueQuantity.code = #g/L

Instance: example-vital-sign
InstanceOf: CartographVitalSign
Usage: #example
Title: "Example: oxygen saturation under oxygen"
Description: "A saturation with the support it was measured under."
* insert ExampleObservation(2024-03-08T06:00:00+01:00)
* code = ObservationCS#oxygen-saturation
* valueQuantity = 93 '%'
* component[other-cause].valueBoolean = false
* component[oxygen-device].valueCodeableConcept = OxygenDeviceCS#nasal-cannula
* component[oxygen-flow].valueQuantity = 2 'L/min'

Instance: example-temperature
InstanceOf: CartographVitalSign
Usage: #example
Title: "Example: temperature"
Description: "Fever after the infusion, by LOINC beside our name and as a vital sign of FHIR."
* insert ExampleObservation(2024-03-07T20:30:00+01:00)
* category = $ObservationCategory#vital-signs
* code.coding[0] = ObservationCS#temperature
* code.coding[+] = $LNC#8310-5
* valueQuantity = 39.2 'Cel' "°C"

Instance: example-oxygen-support
InstanceOf: CartographOxygenSupport
Usage: #example
Title: "Example: breathing support"
Description: "Oxygen by a high-flow cannula."
* insert ExampleObservation(2024-03-08T12:00:00+01:00)
* code = ObservationCS#oxygen-support
* valueCodeableConcept = OxygenDeviceCS#high-flow-cannula
* component[oxygen-flow].valueQuantity = 12 'L/min'
* component[other-cause].valueBoolean = false

Instance: example-clinical-sign
InstanceOf: CartographClinicalSign
Usage: #example
Title: "Example: hypotension"
Description: "Hypotension that is not due to another cause."
* insert ExampleObservation(2024-03-07T22:00:00+01:00)
* code = ObservationCS#hypotension
* valueBoolean = true
* component[other-cause].valueBoolean = false

Instance: example-transgene
InstanceOf: CartographTransgene
Usage: #example
Title: "Example: CAR transgene level"
Description: "A level near its peak."
* insert ExampleObservation(2024-03-14)
* code = ObservationCS#car-transgene
* valueQuantity = 31000 '{copies}/ug'
* contained = transgene-blood
* specimen = Reference(transgene-blood)
* component[lower-limit-of-quantification].valueQuantity = 50 '{copies}/ug'

Instance: transgene-blood
InstanceOf: CartographSpecimen
Usage: #inline
* type = SpecimenCS#blood

Instance: example-fludarabine-exposure
InstanceOf: CartographFludarabineExposure
Usage: #example
Title: "Example: exposure to fludarabine"
Description: "Exposure by a population model."
* insert ExampleObservation(2024-03-01)
* code = ObservationCS#fludarabine-auc
* valueQuantity = 15.2 'mg.h/L'
* method = AucMethodCS#population-pk
