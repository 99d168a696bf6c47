RuleSet: ExampleDerived
* meta.tag[derived] = TagCS#derived
* meta.tag[synthetic] = $ActReason#HTEST

RuleSet: ExampleEvidence(resource, path)
* extension[evidence][+].extension[resource].valueReference = Reference({resource})
* extension[evidence][=].extension[path].valueString = "{path}"

Instance: example-time-to-event
InstanceOf: CartographTimeToEvent
Usage: #example
Title: "Example: relapse ends event-free survival"
Description: "Event-free survival of the example patient, as of 1 June 2025."
* insert ExampleDerived
* status = #final
* code = ResultCS#time-to-event
* subject = Reference(example-patient)
* effectiveDateTime = "2025-06-01"
* method = EndpointCS#EFS_RW_D28
* valueCodeableConcept = EventStatusCS#EVENT
* component[definition-version].valueString = "1.0.0"
* component[course].valueInteger = 1
* component[origin-date].valueDateTime = "2024-03-04"
* component[event-type].valueCodeableConcept = EventTypeCS#RELAPSE
* component[event-date].valueDateTime = "2025-02-18"
* component[days].valueQuantity = 351 'd'
* component[months].valueQuantity = 11.53 'mo'
* component[relapse-site][0].valueCodeableConcept = SiteCS#marrow
* component[relapse-site][1].valueCodeableConcept = SiteCS#testis
* component[cd19-class].valueCodeableConcept = Cd19ClassCS#negative
* insert ExampleEvidence(example-car-t-infusion, Procedure.performed)
* insert ExampleEvidence(example-disease-status-relapse, Observation.value)

Instance: example-hct-assessment
InstanceOf: CartographHctAssessment
Usage: #example
Title: "Example: HCT recommended"
Description: "Measurable residual disease by sequencing speaks for a transplantation, whatever else is missing."
* insert ExampleDerived
* moduleCanonical = Canonical(westhafen-2025-preproof)
* status = #success
* subject = Reference(example-patient)
* occurrenceDateTime = "2024-05-02"
* contained = answer-recommended
* outputParameters = Reference(answer-recommended)
* insert ExampleEvidence(example-mrd-ngs, Observation.value)

Instance: answer-recommended
InstanceOf: CartographHctAnswer
Usage: #inline
* parameter[status].valueCode = #RECOMMENDED
* parameter[statusIfEligible].valueCode = #RECOMMENDED
* parameter[branch].valueCode = #NO_PRIOR_HCT
* parameter[day].valueInteger = 59
* parameter[criterion][0].part[id].valueCode = #R.a
* parameter[criterion][0].part[result].valueCode = #NOT_MET
* parameter[criterion][1].part[id].valueCode = #R.c
* parameter[criterion][1].part[result].valueCode = #MET
* parameter[criterion][1].part[reason].valueString = "MRD found by sequencing on day 28"

Instance: example-hct-assessment-incomplete
InstanceOf: CartographHctAssessment
Usage: #example
Title: "Example: HCT assessment that needs data"
Description: "Fitness is not on record, so the status stays open; the requirement names the profile that would close it."
* insert ExampleDerived
* moduleCanonical = Canonical(westhafen-2025-preproof)
* status = #data-required
* subject = Reference(example-patient)
* occurrenceDateTime = "2024-04-15"
* contained = answer-incomplete
* outputParameters = Reference(answer-incomplete)
* dataRequirement.type = #Observation
* dataRequirement.profile = Canonical(CartographHctDecision)
* dataRequirement.codeFilter.path = "code"
* dataRequirement.codeFilter.code = ObservationCS#fit-for-hct

Instance: answer-incomplete
InstanceOf: CartographHctAnswer
Usage: #inline
* parameter[status].valueCode = #INDETERMINATE
* parameter[statusIfEligible].valueCode = #RECOMMENDED
* parameter[possibleStatus][0].valueCode = #RECOMMENDED
* parameter[possibleStatus][1].valueCode = #NOT_ELIGIBLE_TO_PROCEED
* parameter[branch].valueCode = #NO_PRIOR_HCT
* parameter[missing].valueString = "eligibility to proceed (clinician fitness/comorbidity/infection assertion)"
