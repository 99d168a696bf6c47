// One step of a curve, or what it says at one time.
Extension: Curve
Id: curve
Title: "Curve"
Description: "One step of a curve of survival or cumulative incidence; on a component, the same at a time that was asked for."
* ^context[+].type = #element
* ^context[=].expression = "Observation"
* ^context[+].type = #element
* ^context[=].expression = "Observation.component"
* extension contains
    time 1..1 and
    atRisk 1..1 and
    events 1..1 and
    estimate 0..1 and
    lower 0..1 and
    upper 0..1
* extension[time] ^short = "Days after the origin, or after the landmark"
* extension[time].value[x] 1..1
* extension[time].value[x] only decimal
* extension[atRisk] ^short = "Observed up to this time or longer"
* extension[atRisk].value[x] 1..1
* extension[atRisk].value[x] only integer
* extension[events] ^short = "At this time; on a component, up to and including it"
* extension[events].value[x] 1..1
* extension[events].value[x] only integer
* extension[estimate] ^short = "A probability; absent where it does not exist"
* extension[estimate].value[x] 1..1
* extension[estimate].value[x] only decimal
* extension[lower].value[x] 1..1
* extension[lower].value[x] only decimal
* extension[upper].value[x] 1..1
* extension[upper].value[x] only decimal

RuleSet: EstimateComponent(name, cardinality, type)
* component contains {name} {cardinality} MS
* component[{name}].code = EstimateComponentCS#{name}
* component[{name}].value[x] only {type}

RuleSet: EstimateDays(name, cardinality)
* insert EstimateComponent({name}, {cardinality}, Quantity)
* component[{name}].valueQuantity.system = $UCUM
* component[{name}].valueQuantity.code = #d

Profile: CartographSurvivalEstimate
Parent: Observation
Id: cartograph-survival-estimate
Title: "Survival estimate"
Description: "Survival, or cumulative incidence, of one stratum of a cohort: the definition as method, the cut-off as effective date, the whole curve as an extension. It names the versions and a digest of the data that it was made from."
* insert DerivedTag
* status = #final
* code from EstimateVS (required)
* subject 1..1 MS
* subject only Reference(Group)
* effective[x] 1..1 MS
* effective[x] only dateTime
* effective[x] ^short = "asOf: facts dated later do not exist for this estimate"
* method 1..1 MS
* method from EndpointVS (extensible)
* value[x] 0..0
* extension contains Curve named curve 0..* MS
* insert ComponentsByCode
* insert ResultComponent(definition-version, 1..1, string)
* insert ResultComponent(parameter, 0..*, string)
* insert EstimateComponent(mappings-version, 1..1, string)
* insert EstimateComponent(data-digest, 1..1, string)
* insert EstimateComponent(confidence, 1..1, string)
* insert EstimateComponent(stratifier, 0..1, string)
* insert EstimateComponent(stratum, 1..1, string)
* insert EstimateComponent(patients, 1..1, integer)
* insert EstimateComponent(events, 1..1, integer)
* insert EstimateComponent(competing-events, 1..1, integer)
* insert EstimateComponent(censored, 1..1, integer)
* insert EstimateDays(landmark, 0..1)
* insert EstimateDays(median, 0..1)
* insert EstimateDays(median-lower, 0..1)
* insert EstimateDays(median-upper, 0..1)
* insert EstimateDays(median-follow-up, 0..1)
* insert EstimateComponent(estimate, 0..*, Quantity)
* component[estimate].valueQuantity.system = $UCUM
* component[estimate].valueQuantity.code = #1
* component[estimate].extension contains Curve named curve 1..1 MS
* insert EstimateComponent(test, 0..1, string)
* insert EstimateComponent(p-value, 0..1, Quantity)
* component[p-value].valueQuantity.system = $UCUM
* component[p-value].valueQuantity.code = #1
* insert EstimateComponent(caution, 0..*, string)
