// Results of one course, computed. The profiles share their frame and differ in value and in some components.
RuleSet: CourseResult(code)
* insert DerivedTag
* status = #final
* code = ResultCS#{code}
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime
* effective[x] ^short = "asOf: facts dated later do not exist for this result"
* method 1..1 MS
* method from ResultDefinitionVS (required)
* value[x] MS
* dataAbsentReason MS
* extension contains Evidence named evidence 0..* MS
* insert ComponentsByCode
* insert ResultComponent(definition-version, 1..1, string)
* insert ResultComponent(course, 1..1, integer)
* insert ResultComponent(origin-date, 1..1, dateTime)
* insert ResultComponent(parameter, 0..*, string)
* insert ResultComponent(flag, 0..*, CodeableConcept)
* insert ResultComponent(missing-input, 0..*, string)

RuleSet: ThreeValued(name, cardinality)
* insert ResultComponent({name}, {cardinality}, CodeableConcept)
* component[{name}].value[x] from CriterionResultVS (required)

RuleSet: InDays(name, cardinality)
* insert ResultComponent({name}, {cardinality}, Quantity)
* component[{name}].valueQuantity.system = $UCUM
* component[{name}].valueQuantity.code = #d

Profile: CartographToxicityResult
Parent: Observation
Id: cartograph-toxicity-result
Title: "Toxicity of a course"
Description: "One toxicity of one course by one definition: a grade or a number as integer, whether it happened as code; without a value the data do not tell."
* insert CourseResult(toxicity)
* value[x] only integer or CodeableConcept
* insert ThreeValued(occurred, 0..1)
* insert ThreeValued(severe, 0..1)
* insert ResultComponent(grade-status, 0..1, string)
* insert ResultComponent(grade-basis, 0..1, string)
* insert ResultComponent(computed-grade, 0..1, integer)
* insert ResultComponent(reported-grade, 0..*, integer)
* insert InDays(peak-day, 0..1)
* insert ResultComponent(onset-date, 0..1, dateTime)
* insert InDays(onset-day, 0..1)
* insert ResultComponent(end-date, 0..1, dateTime)
* insert InDays(end-day, 0..1)
* insert InDays(duration, 0..1)
* insert ThreeValued(criterion, 0..*)
* insert ResultComponent(observed, 0..1, string)

Profile: CartographBCellAplasiaResult
Parent: Observation
Id: cartograph-b-cell-aplasia-result
Title: "B-cell aplasia of a course"
Description: "One episode of B-cell aplasia by one of the definitions: its state as value, onset and loss as components."
* insert CourseResult(b-cell-aplasia)
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from BCellStateVS (required)
* insert ResultComponent(status-at-as-of, 0..1, string)
* insert ResultComponent(onset-date, 0..1, dateTime)
* insert InDays(onset-day, 0..1)
* insert InDays(last-aplasia-day, 0..1)
* insert ResultComponent(loss-date, 0..1, dateTime)
* insert InDays(loss-day, 0..1)
* insert InDays(duration, 0..1)
* insert ResultComponent(loss-within, 0..*, boolean)
* insert ResultComponent(end-date, 0..1, dateTime)
* insert InDays(end-day, 0..1)

Profile: CartographCarKineticsResult
Parent: Observation
Id: cartograph-car-kinetics-result
Title: "Kinetics of CAR-T cells in a course"
Description: "Expansion and persistence of the transgene in one specimen."
* insert CourseResult(car-kinetics)
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from ExpansionVS (required)
* insert ResultComponent(specimen, 1..1, CodeableConcept)
* component[specimen].value[x] from SpecimenVS (required)
* insert ResultComponent(cmax, 0..1, Quantity)
* insert InDays(tmax, 0..1)
* insert InDays(tlast, 0..1)
* insert InDays(loss-day, 0..1)
* insert ResultComponent(auc, 0..2, Quantity)
* insert ResultComponent(level-day-28, 0..1, Quantity)

Profile: CartographRiskFactorResult
Parent: Observation
Id: cartograph-risk-factor-result
Title: "Risk factor of a course"
Description: "One factor or consideration of one course, three-valued; each stands by itself, no source combines them."
* insert CourseResult(risk-factor)
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from CriterionResultVS (required)
* insert ResultComponent(observed, 0..1, string)
* insert ResultComponent(threshold, 0..1, string)
* insert ResultComponent(published-effect, 0..*, string)
* insert ThreeValued(criterion, 0..*)
* insert InDays(duration, 0..1)
* insert ResultComponent(checklist, 0..*, string)

Profile: CartographResponseResult
Parent: Observation
Id: cartograph-response-result
Title: "Response to a course"
Description: "Response, MRD or relapse after one infusion by one of the definitions: a category, a state of the disease, or whether it happened."
* insert CourseResult(response)
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from ResponseResultVS (required)
* insert ResultComponent(event-date, 0..1, dateTime)
* insert InDays(event-day, 0..1)
* insert ResultComponent(observed, 0..1, string)
* insert ResultComponent(antigen-class, 0..1, string)
* insert ResultComponent(site, 0..1, string)
* insert ThreeValued(criterion, 0..*)
