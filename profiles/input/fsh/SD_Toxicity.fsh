Extension: Adjudicates
Id: adjudicates
Title: "Adjudicates"
Description: "The resource that this statement decides about; what it overrides stays as it is."
* ^context[+].type = #element
* ^context[=].expression = "Observation"
* value[x] 1..1
* value[x] only Reference(Resource)

Extension: OtherCause
Id: other-cause
Title: "Other cause"
Description: "True where the drug or support was given for a reason other than toxicity of the CAR-T cells."
* ^context[+].type = #element
* ^context[=].expression = "MedicationAdministration"
* value[x] 1..1
* value[x] only boolean

Extension: InfectionClass
Id: infection-class
Title: "Class of infection"
Description: "Kind of organism that caused the infection."
* ^context[+].type = #element
* ^context[=].expression = "Condition"
* value[x] 1..1
* value[x] only CodeableConcept
* valueCodeableConcept from InfectionClassVS (required)

Extension: InfectionOrganism
Id: infection-organism
Title: "Organism"
Description: "Name of the organism, as the laboratory gives it."
* ^context[+].type = #element
* ^context[=].expression = "Condition"
* value[x] 1..1
* value[x] only string

Extension: InfectionTreated
Id: infection-treated
Title: "Treated"
Description: "True where the infection needed antimicrobials."
* ^context[+].type = #element
* ^context[=].expression = "Condition"
* value[x] 1..1
* value[x] only boolean

Extension: InfectionInvasive
Id: infection-invasive
Title: "Invasive"
Description: "True where the infection was invasive."
* ^context[+].type = #element
* ^context[=].expression = "Condition"
* value[x] 1..1
* value[x] only boolean

Extension: InfectionHospitalised
Id: infection-hospitalised
Title: "Hospitalised"
Description: "True where the infection led to admission."
* ^context[+].type = #element
* ^context[=].expression = "Condition"
* value[x] 1..1
* value[x] only boolean
