Instance: example-toxicity-result
InstanceOf: CartographToxicityResult
Usage: #example
Title: "Example: severe cytokine release syndrome"
Description: "Computed grade 3 of the first course, as of 1 June 2025; the centre reported grade 4 in another system."
* insert ExampleDerived
* status = #final
* code = ResultCS#toxicity
* subject = Reference(example-patient)
* effectiveDateTime = "2025-06-01"
* method = ResultDefinitionCS#CRS_ASTCT_2019
* valueInteger = 3
* component[definition-version].valueString = "1"
* component[course].valueInteger = 1
* component[origin-date].valueDateTime = "2024-03-04"
* component[occurred].valueCodeableConcept = CriterionResultCS#MET
* component[severe].valueCodeableConcept = CriterionResultCS#MET
* component[grade-status].valueString = "EXACT"
* component[grade-basis].valueString = "COMPUTED"
* component[computed-grade].valueInteger = 3
* component[reported-grade].code.text = "PENN"
* component[reported-grade].valueInteger = 4
* component[onset-day].valueQuantity = 2 'd'
* insert ExampleEvidence(example-car-t-infusion, Procedure.performed)

Instance: example-b-cell-aplasia-result
InstanceOf: CartographBCellAplasiaResult
Usage: #example
Title: "Example: early loss of B-cell aplasia"
Description: "Loss first seen on day 120, within six months by every window."
* insert ExampleDerived
* status = #final
* code = ResultCS#b-cell-aplasia
* subject = Reference(example-patient)
* effectiveDateTime = "2025-06-01"
* method = ResultDefinitionCS#BCA_WH_STRICT
* valueCodeableConcept = BCellStateCS#LOST
* component[definition-version].valueString = "1"
* component[course].valueInteger = 1
* component[origin-date].valueDateTime = "2024-03-04"
* component[onset-day].valueQuantity = 28 'd'
* component[loss-date].valueDateTime = "2024-07-02"
* component[loss-day].valueQuantity = 120 'd'
* component[loss-within].code.text = "M6_D183"
* component[loss-within].valueBoolean = true

Instance: example-car-kinetics-result
InstanceOf: CartographCarKineticsResult
Usage: #example
Title: "Example: expansion in blood"
Description: "Peak of the transgene on day 10."
* insert ExampleDerived
* status = #final
* code = ResultCS#car-kinetics
* subject = Reference(example-patient)
* effectiveDateTime = "2025-06-01"
* method = ResultDefinitionCS#CAR_KINETICS
* valueCodeableConcept = ExpansionCS#DETECTED
* component[definition-version].valueString = "1"
* component[course].valueInteger = 1
* component[origin-date].valueDateTime = "2024-03-04"
* component[specimen].valueCodeableConcept = SpecimenCS#blood
* component[cmax].valueQuantity = 42000 '{copies}/ug'
* component[tmax].valueQuantity = 10 'd'

Instance: example-risk-factor-result
InstanceOf: CartographRiskFactorResult
Usage: #example
Title: "Example: high burden before lymphodepletion"
Description: "Twelve per cent of blasts speak for failure."
* insert ExampleDerived
* status = #final
* code = ResultCS#risk-factor
* subject = Reference(example-patient)
* effectiveDateTime = "2025-06-01"
* method = ResultDefinitionCS#RF_HIGH_BURDEN_GE5
* valueCodeableConcept = CriterionResultCS#MET
* component[definition-version].valueString = "1"
* component[course].valueInteger = 1
* component[origin-date].valueDateTime = "2024-03-04"
* component[observed].valueString = "12 %"
* component[threshold].valueString = ">= 5 %"

Instance: example-response-result
InstanceOf: CartographResponseResult
Usage: #example
Title: "Example: complete remission at day 28"
Description: "CR on day 28 of the first course."
* insert ExampleDerived
* status = #final
* code = ResultCS#response
* subject = Reference(example-patient)
* effectiveDateTime = "2025-06-01"
* method = ResultDefinitionCS#RESPONSE_DAY_28
* valueCodeableConcept = ResponseResultCS#CR
* component[definition-version].valueString = "1"
* component[course].valueInteger = 1
* component[origin-date].valueDateTime = "2024-03-04"
* component[event-date].valueDateTime = "2024-04-01"
* component[event-day].valueQuantity = 28 'd'
