// Codes are of ours or of LOINC. The list is preferred, since LOINC has many codes for one analyte.
Profile: CartographLaboratoryValue
Parent: Observation
Id: cartograph-laboratory-value
Title: "Laboratory value"
Description: "One measured analyte, by LOINC or by its name in our list, in any UCUM unit that converts; with the laboratory's limits of normal and, where known, the time of day. IgG is one of these."
* insert AnswerObservation
* code from AnalyteVS (preferred)
* value[x] only Quantity
* insert UcumQuantity
* referenceRange MS
* referenceRange.low MS
* referenceRange.high MS
* specimen MS

Profile: CartographVitalSign
Parent: Observation
Id: cartograph-vital-sign
Title: "Vital sign"
Description: "One vital sign, by LOINC or by its name in our list. A clinician who holds another cause responsible says so; breathing support may stand beside an oxygen saturation, where a flow of 0 is room air."
* insert AnswerObservation
* code from VitalSignVS (preferred)
* value[x] only Quantity
* insert UcumQuantity
* insert ComponentsByCode
* insert Component(other-cause, 0..1, boolean)
* insert CodedComponent(oxygen-device, 0..1, OxygenDeviceVS)
* insert OxygenFlowComponent

Profile: CartographOxygenSupport
Parent: Observation
Id: cartograph-oxygen-support
Title: "Breathing support"
Description: "The device by which oxygen or ventilation is given, and its flow; none is room air."
* insert AnswerObservation
* code = ObservationCS#oxygen-support
* insert CodedAnswer(OxygenDeviceVS)
* insert ComponentsByCode
* insert OxygenFlowComponent
* insert Component(other-cause, 0..1, boolean)

Profile: CartographClinicalSign
Parent: Observation
Id: cartograph-clinical-sign
Title: "Clinical sign"
Description: "A sign that was looked for: present or not. A sign that nobody looked for is not sent."
* insert AnswerObservation
* code from ClinicalSignVS (required)
* value[x] only boolean
* insert ComponentsByCode
* insert Component(other-cause, 0..1, boolean)

Profile: CartographTransgene
Parent: Observation
Id: cartograph-car-transgene
Title: "CAR transgene level"
Description: "Copies of the CAR transgene per microgram of DNA in blood or marrow, with the assay's lower limit of quantification; a level below it keeps its comparator."
* insert AnswerObservation
* code = ObservationCS#car-transgene
* value[x] only Quantity
* insert UcumQuantity
* valueQuantity.code = #{copies}/ug
* specimen 1..1 MS
* specimen only Reference(CartographSpecimen)
* insert ComponentsByCode
* insert Component(lower-limit-of-quantification, 0..1, Quantity)
* component[lower-limit-of-quantification].valueQuantity.system 1..1
* component[lower-limit-of-quantification].valueQuantity.system = $UCUM
* component[lower-limit-of-quantification].valueQuantity.code 1..1
* component[lower-limit-of-quantification].valueQuantity.code = #{copies}/ug

Profile: CartographFludarabineExposure
Parent: Observation
Id: cartograph-fludarabine-exposure
Title: "Exposure to fludarabine"
Description: "Area under the curve of fludarabine, measured or by a population model."
* insert AnswerObservation
* code = ObservationCS#fludarabine-auc
* value[x] only Quantity
* insert UcumQuantity
* valueQuantity.code = #mg.h/L
* method 1..1 MS
* method from AucMethodVS (required)
