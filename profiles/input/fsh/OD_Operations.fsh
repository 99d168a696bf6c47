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
