Extension: HctDonor
Id: hct-donor
Title: "HCT donor"
Description: "Kind of donor."
* insert CodedExtension(Procedure, HctDonorVS)

Extension: HctConditioning
Id: hct-conditioning
Title: "HCT conditioning"
Description: "Kind of conditioning."
* insert CodedExtension(Procedure, ConditioningVS)

Extension: HctConditioningStart
Id: hct-conditioning-start
Title: "Start of HCT conditioning"
Description: "First day of conditioning, from which on B cells no longer tell of the CAR-T cells."
* ^context[+].type = #element
* ^context[=].expression = "Procedure"
* value[x] 1..1
* value[x] only date

Profile: CartographHct
Parent: Procedure
Id: cartograph-hct
Title: "Haematopoietic cell transplantation"
Description: "A transplantation before or after CAR-T; the date is that of the graft's infusion."
* insert Act
* code from HctVS (required)
* extension contains
    HctDonor named donor 0..1 MS and
    HctConditioning named conditioning 0..1 MS and
    HctConditioningStart named conditioningStart 0..1 MS

Profile: CartographHctDecision
Parent: Observation
Id: cartograph-hct-decision
Title: "Fitness, donor and wish for HCT"
Description: "What a clinician or the family says on transplantation, with date and author; the latest statement counts."
* insert AnswerObservation
* code from HctDecisionVS (required)
* value[x] only boolean
* insert AuthoredStatement
