RuleSet: PatientOperation(code)
* code = #{code}
* status = #draft
* kind = #operation
* affectsState = false
* resource = #Patient
* system = false
* type = false
* instance = true
* parameter[0].name = #asOf
* parameter[0].use = #in
* parameter[0].min = 0
* parameter[0].max = "1"
* parameter[0].type = #date
* parameter[0].documentation = "Facts dated later do not exist for the result, except as proof of being alive. Default: today, in the service's time zone."

RuleSet: FindingParameter
* parameter[+].name = #finding
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #OperationOutcome
* parameter[=].documentation = "What there is to say about the data that the result rests on."

RuleSet: OutGroup(name, min, max, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #out
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].documentation = "{documentation}"

RuleSet: OutParameter(name, min, max, type, documentation)
* insert OutGroup({name}, {min}, {max}, [[{documentation}]])
* parameter[=].type = #{type}

RuleSet: OutPart(name, min, max, type)
* parameter[=].part[+].name = #{name}
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = {min}
* parameter[=].part[=].max = "{max}"
* parameter[=].part[=].type = #{type}

RuleSet: OutDuePart(name, min, type)
* parameter[=].part[=].part[+].name = #{name}
* parameter[=].part[=].part[=].use = #out
* parameter[=].part[=].part[=].min = {min}
* parameter[=].part[=].part[=].max = "1"
* parameter[=].part[=].part[=].type = #{type}

Instance: patient-time-to-event
InstanceOf: OperationDefinition
Usage: #definition
Title: "Time to event"
Description: "Derives endpoints for a person; every definition that is asked for gives a result."
* name = "TimeToEvent"
* title = "Time to event"
* description = "Derives endpoints for a person; every definition that is asked for gives a result. Works for every id of the person."
* insert PatientOperation(time-to-event)
* parameter[+].name = #endpoint
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #code
* parameter[=].documentation = "Id of a definition; all of them where none is named."
* parameter[=].binding.strength = #extensible
* parameter[=].binding.valueSet = Canonical(EndpointVS)
* parameter[+].name = #result
* parameter[=].use = #out
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #Observation
* parameter[=].documentation = "One Observation for each definition, in the profile of time-to-event results."
* insert FindingParameter

Instance: patient-hct-consolidation
InstanceOf: OperationDefinition
Usage: #definition
Title: "HCT consolidation"
Description: "Assesses whether transplantation in remission should follow the latest CD19 CAR-T course."
* name = "HctConsolidation"
* title = "HCT consolidation"
* description = "Assesses whether transplantation in remission should follow the latest CD19 CAR-T course. Works for every id of the person."
* insert PatientOperation(hct-consolidation)
* parameter[+].name = #knownAsOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].type = #instant
* parameter[=].documentation = "The assessment as the service could have made it then, from the versions that it had stored; asOf is the day of it unless given."
* parameter[+].name = #ruleset
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].type = #string
* parameter[=].documentation = "Id and version of a rule set, id@version; the service's own where it is not named."
* parameter[+].name = #result
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].type = #GuidanceResponse
* parameter[=].documentation = "The assessment, in the profile of HCT-consolidation assessments; status data-required where the answer is indeterminate."
* insert FindingParameter

Instance: group-hct-consolidation
InstanceOf: OperationDefinition
Usage: #definition
Title: "HCT consolidation of a cohort"
Description: "The work list of a group of patients: who became eligible for transplantation in remission, who needs which test by when, and an attrition table."
* name = "GroupHctConsolidation"
* title = "HCT consolidation of a cohort"
* description = "The work list of a group of patients: who became eligible for transplantation in remission, who needs which test by when, and an attrition table. The Group car-t is kept by the service and holds everyone with a CAR-T course."
* insert PatientOperation(hct-consolidation)
* resource = #Group
* insert OutParameter(asOf, 1, 1, date, [[The day up to which facts count.]])
* insert OutParameter(ruleset, 1, 1, string, [[Id and version of the rule set.]])
* insert OutGroup(work, 0, *, [[What there is to do for one patient.]])
* insert OutPart(patient, 1, 1, Reference)
* insert OutPart(status, 1, 1, code)
* insert OutPart(since, 0, 1, date)
* insert OutPart(eligibleSince, 0, 1, date)
* insert OutPart(summary, 1, 1, string)
* parameter[=].part[+].name = #due
* parameter[=].part[=].use = #out
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "*"
* insert OutDuePart(what, 1, code)
* insert OutDuePart(by, 0, date)
* insert OutDuePart(overdue, 1, boolean)
* insert OutDuePart(detail, 0, string)
* insert OutGroup(attrition, 0, *, [[How many patients are left after one question.]])
* insert OutPart(step, 1, 1, code)
* insert OutPart(label, 1, 1, string)
* insert OutPart(excluded, 1, 1, integer)
* insert OutPart(remaining, 1, 1, integer)
* insert OutParameter(result, 0, *, GuidanceResponse, [[One assessment for each patient, in the profile of HCT-consolidation assessments.]])
* insert FindingParameter

Instance: patient-cart-summary
InstanceOf: OperationDefinition
Usage: #definition
Title: "Summary of a CAR-T course"
Description: "A document of a person's infusions, results of courses, endpoints and HCT assessment, with what stands behind them."
* name = "CartSummary"
* title = "Summary of a CAR-T course"
* description = "A document of a person's infusions, results of courses, endpoints and HCT assessment, with what stands behind them. Its Composition has the profile of summaries. Works for every id of the person; the document is returned as it is, not in Parameters."
* insert PatientOperation(cart-summary)
* parameter[+].name = #parameter
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #string
* parameter[=].documentation = "One named parameter of the derivations as name=value, such as episodeGapHours=48, where it is not to have the default of the service. It changes results of courses alone; endpoints and the HCT assessment are fixed by their definitions."
* insert OutParameter(return, 1, 1, Bundle, [[The document.]])

Instance: westhafen-2025-preproof
InstanceOf: Library
Usage: #definition
Title: "HCT consolidation after CD19 CAR-T, Westhafen Intercontinental Group"
Description: "Names the rule set that assessments point to; its logic is in the service."
* name = "Westhafen2025Preproof"
* title = "HCT consolidation after CD19 CAR-T, Westhafen Intercontinental Group"
* version = "1"
* status = #draft
* type = $LibraryType#logic-library
* description = "Criteria for transplantation in remission after CD19 CAR-T in children and young adults, after a review that was a pre-proof in 2025. Decision support from non-randomised evidence, not a medical device."
