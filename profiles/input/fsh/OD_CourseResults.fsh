RuleSet: CourseOperation(code, result)
* insert PatientOperation({code})
* parameter[+].name = #course
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #integer
* parameter[=].documentation = "Number of a course, 1 for the first infusion; all of them where none is named."
* parameter[+].name = #definition
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #code
* parameter[=].documentation = "Id of a definition; all of them where none is named."
* parameter[=].binding.strength = #required
* parameter[=].binding.valueSet = Canonical(ResultDefinitionVS)
* parameter[+].name = #parameter
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].type = #string
* parameter[=].documentation = "One named parameter of the derivations as name=value, such as episodeGapHours=48, where it is not to have the default of the service. Each result repeats the parameters that it was derived with."
* insert OutParameter(result, 0, *, Observation, [[{result}]])
* insert FindingParameter

Instance: patient-toxicity
InstanceOf: OperationDefinition
Usage: #definition
Title: "Toxicity"
Description: "Derives the toxicities of each course of CAR-T cells."
* name = "Toxicity"
* title = "Toxicity"
* description = "Derives the toxicities of each course of CAR-T cells. Works for every id of the person."
* insert CourseOperation(toxicity, [[One Observation for each course and definition, in the profile of toxicity results.]])

Instance: patient-b-cell-aplasia
InstanceOf: OperationDefinition
Usage: #definition
Title: "B-cell aplasia"
Description: "Derives B-cell aplasia of each course by all named definitions."
* name = "BCellAplasia"
* title = "B-cell aplasia"
* description = "Derives B-cell aplasia of each course by all named definitions. Works for every id of the person."
* insert CourseOperation(b-cell-aplasia, [[One Observation for each course and definition, in the profile of results on B-cell aplasia.]])

Instance: patient-car-kinetics
InstanceOf: OperationDefinition
Usage: #definition
Title: "Kinetics of CAR-T cells"
Description: "Derives expansion and persistence of the cells of each course."
* name = "CarKinetics"
* title = "Kinetics of CAR-T cells"
* description = "Derives expansion and persistence of the cells of each course. Works for every id of the person."
* insert CourseOperation(car-kinetics, [[One Observation for each course and specimen, in the profile of kinetics results.]])

Instance: patient-risk-factors
InstanceOf: OperationDefinition
Usage: #definition
Title: "Risk factors"
Description: "Judges the risk factors and considerations of each course."
* name = "RiskFactors"
* title = "Risk factors"
* description = "Judges the risk factors and considerations of each course. Works for every id of the person."
* insert CourseOperation(risk-factors, [[One Observation for each course and definition, in the profile of risk factors.]])

Instance: patient-response
InstanceOf: OperationDefinition
Usage: #definition
Title: "Response"
Description: "Derives response, MRD and relapse after each course by all named definitions."
* name = "Response"
* title = "Response"
* description = "Derives response, MRD and relapse after each course by all named definitions. Works for every id of the person."
* insert CourseOperation(response, [[One Observation for each course and definition, in the profile of responses.]])
