RuleSet: InParameter(name, min, max, type, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = "{documentation}"

RuleSet: CurveOperation
* resource = #Group
* insert InParameter(endpoint, 1, 1, code, [[Id of a definition.]])
* parameter[=].binding.strength = #extensible
* parameter[=].binding.valueSet = Canonical(EndpointVS)
* insert InParameter(by, 0, 1, string, [[Stratum: a name such as product or prior-hct; an element of the record such as patient.sex.value; numbers with cut points; what happens after the infusion with a landmark or as it changes with time.]])
* insert InParameter(at, 0, *, decimal, [[Days after the origin at which to estimate.]])
* insert InParameter(conf, 0, 1, code, [[Scale of the intervals: plain, log or log-log, which is the default.]])
* insert InParameter(parameter, 0, *, string, [[One named clinical parameter that the stratum rests on, as name=value; refused where it rests on none, for the endpoint is fixed by its definition. The result names the parameters that do not have their default.]])
* insert OutGroup(attrition, 0, *, [[How many patients are left after one step.]])
* insert OutPart(step, 1, 1, code)
* insert OutPart(n, 1, 1, integer)
* insert OutPart(excluded, 0, *, string)
* insert OutParameter(result, 0, *, Observation, [[One estimate for each stratum, with the whole curve.]])
* insert FindingParameter

Instance: group-survival
InstanceOf: OperationDefinition
Usage: #definition
Title: "Survival of a cohort"
Description: "The Kaplan-Meier estimate of one endpoint in a group of patients, by stratum if asked for."
* name = "GroupSurvival"
* title = "Survival of a cohort"
* description = "The Kaplan-Meier estimate of one endpoint in a group of patients, by stratum if asked for. Refused for endpoints with competing events, and for groups by what happens later unless from a landmark or as it changes with time."
* insert PatientOperation(survival)
* insert CurveOperation

Instance: group-cumulative-incidence
InstanceOf: OperationDefinition
Usage: #definition
Title: "Cumulative incidence in a cohort"
Description: "The Aalen-Johansen estimate of one endpoint in a group of patients, by stratum if asked for."
* name = "GroupCumulativeIncidence"
* title = "Cumulative incidence in a cohort"
* description = "The Aalen-Johansen estimate of one endpoint in a group of patients, by stratum if asked for; competing events are taken as such."
* insert PatientOperation(cumulative-incidence)
* insert CurveOperation
