// R4's derivedFrom and reasonReference take few types, so evidence is an extension that takes any.
Extension: Evidence
Id: evidence
Title: "Evidence"
Description: "One element of one resource that a result was computed from."
* ^context[+].type = #element
* ^context[=].expression = "Observation"
* ^context[+].type = #element
* ^context[=].expression = "Observation.component"
* ^context[+].type = #element
* ^context[=].expression = "GuidanceResponse"
* ^context[+].type = #element
* ^context[=].expression = "Parameters.parameter"
* extension contains
    resource 1..1 and
    versionId 0..1 and
    path 1..1
* extension[resource] ^short = "The resource that was read"
* extension[resource].value[x] 1..1
* extension[resource].value[x] only Reference
* extension[versionId] ^short = "Its version, where the source has versions"
* extension[versionId].value[x] 1..1
* extension[versionId].value[x] only id
* extension[path] ^short = "FHIRPath of the element that was read"
* extension[path].value[x] 1..1
* extension[path].value[x] only string

Profile: CartographTimeToEvent
Parent: Observation
Id: cartograph-time-to-event
Title: "Time-to-event result"
Description: "The result of one endpoint definition for one person: status as value, definition as method, the day up to which data count as effective date."
* insert DerivedTag
* status = #final
* code = ResultCS#time-to-event
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime
* effective[x] ^short = "asOf: facts dated later do not exist for this result"
* method 1..1 MS
* method from EndpointVS (extensible)
* value[x] 1..1 MS
* value[x] only CodeableConcept
* value[x] from EventStatusVS (required)
* extension contains Evidence named evidence 0..* MS
* insert ComponentsByCode
* insert ResultComponent(definition-version, 1..1, string)
* insert ResultComponent(course, 0..1, integer)
* insert ResultComponent(origin-date, 0..1, dateTime)
* insert ResultComponent(event-type, 0..1, CodeableConcept)
* component[event-type].value[x] from EventTypeVS (extensible)
* insert ResultComponent(event-date, 0..1, dateTime)
* insert ResultComponent(days, 0..1, Quantity)
* component[days].valueQuantity.system = $UCUM
* component[days].valueQuantity.code = #d
* insert ResultComponent(months, 0..1, Quantity)
* component[months].valueQuantity.system = $UCUM
* component[months].valueQuantity.code = #mo
* insert ResultComponent(flag, 0..*, CodeableConcept)
* insert Component(relapse-site, 0..*, CodeableConcept)
* component[relapse-site].value[x] from SiteVS (required)
* insert Component(cd19-class, 0..1, CodeableConcept)
* component[cd19-class].value[x] from Cd19ClassVS (required)

Profile: CartographHctAssessment
Parent: GuidanceResponse
Id: cartograph-hct-assessment
Title: "HCT-consolidation assessment"
Description: "What the rule set says for the latest CD19 CAR-T course. The answer is a contained Parameters; what is missing is in dataRequirement, each naming the profile in which it can be sent."
* insert DerivedTag
* obeys cart-data-required
* module[x] only canonical
* module[x] MS
* status MS
* subject 1..1 MS
* subject only Reference(Patient)
* occurrenceDateTime 1..1 MS
* occurrenceDateTime ^short = "asOf: facts dated later do not exist for this assessment"
* outputParameters 1..1 MS
* outputParameters only Reference(CartographHctAnswer)
* dataRequirement MS
* extension contains Evidence named evidence 0..* MS

RuleSet: AnswerParameter(name, cardinality, type)
* parameter contains {name} {cardinality} MS
* parameter[{name}].name = "{name}"
* parameter[{name}].value[x] 1..1
* parameter[{name}].value[x] only {type}
* parameter[{name}].resource 0..0
* parameter[{name}].part 0..0

RuleSet: CriterionPart(name, cardinality, type)
* parameter[criterion].part contains {name} {cardinality} MS
* parameter[criterion].part[{name}].name = "{name}"
* parameter[criterion].part[{name}].value[x] 1..1
* parameter[criterion].part[{name}].value[x] only {type}

Profile: CartographHctAnswer
Parent: Parameters
Id: cartograph-hct-answer
Title: "Answer of the HCT-consolidation assessment"
Description: "Status, branch and criteria. Evidence of a criterion stands in the extension of its parameter."
* parameter 1..*
* parameter ^slicing.discriminator.type = #value
* parameter ^slicing.discriminator.path = "name"
* parameter ^slicing.rules = #open
* insert AnswerParameter(status, 1..1, code)
* parameter[status].valueCode from HctStatusVS (required)
* insert AnswerParameter(statusIfEligible, 0..1, code)
* parameter[statusIfEligible].valueCode from HctStatusVS (required)
* insert AnswerParameter(possibleStatus, 0..*, code)
* parameter[possibleStatus].valueCode from HctStatusVS (required)
* insert AnswerParameter(branch, 0..1, code)
* parameter[branch].valueCode from HctBranchVS (required)
* insert AnswerParameter(possibleStatusIfEligible, 0..*, code)
* parameter[possibleStatusIfEligible].valueCode from HctStatusVS (required)
* insert AnswerParameter(gate, 0..1, code)
* insert AnswerParameter(reason, 0..1, string)
* insert AnswerParameter(course, 0..1, integer)
* insert AnswerParameter(day, 0..1, integer)
* insert AnswerParameter(reevaluateBy, 0..1, date)
* insert AnswerParameter(nextBCellTestBy, 0..1, date)
* insert AnswerParameter(summary, 0..1, string)
* insert AnswerParameter(explanation, 0..1, string)
* insert AnswerParameter(missing, 0..*, string)
* insert AnswerParameter(caution, 0..*, code)
* insert AnswerParameter(note, 0..*, string)
* insert AnswerParameter(evidenceConflict, 0..1, boolean)
* insert AnswerParameter(timing, 0..1, code)
* insert AnswerParameter(boundarySensitive, 0..1, boolean)
* insert AnswerParameter(specialConsiderationMissing, 0..*, code)
* insert AnswerParameter(disclaimer, 0..1, string)
* parameter contains criterion 0..* MS
* parameter[criterion].name = "criterion"
* parameter[criterion].value[x] 0..0
* parameter[criterion].resource 0..0
* parameter[criterion].extension contains Evidence named evidence 0..* MS
* parameter[criterion].part ^slicing.discriminator.type = #value
* parameter[criterion].part ^slicing.discriminator.path = "name"
* parameter[criterion].part ^slicing.rules = #open
* insert CriterionPart(id, 1..1, code)
* parameter[criterion].part[id].valueCode from HctCriterionVS (required)
* insert CriterionPart(result, 1..1, code)
* parameter[criterion].part[result].valueCode from CriterionResultVS (required)
* insert CriterionPart(provisional, 0..1, boolean)
* insert CriterionPart(reevaluateBy, 0..1, date)
* insert CriterionPart(reason, 0..1, string)
