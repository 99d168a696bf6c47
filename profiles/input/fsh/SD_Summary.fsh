CodeSystem: SummarySectionCS
Id: cartograph-result-section
Title: "Sections of a summary"
Description: "What a section of the summary document holds."
* insert CodeSystemRules
* #patients "Records of the patient"
* #infusions "CAR-T infusions"
* #toxicity "Toxicity"
* #response "Response"
* #b-cell-aplasia "B-cell aplasia"
* #car-kinetics "Kinetics of CAR-T cells"
* #risk-factors "Risk factors and considerations"
* #endpoints "Endpoints"
* #hct-consolidation "Eligibility for consolidative HCT"

Profile: CartographSummary
Parent: Composition
Id: cartograph-summary
Title: "Summary of a CAR-T course"
Description: "First resource of the document that $cart-summary gives: the infusions as they are stored, the results of courses, the endpoints and the HCT assessment as they are computed for one day, which the title names."
* insert DerivedTag
* status = #final
* type = $LNC#60591-5
* subject 1..1 MS
* subject only Reference(Patient)
* author only Reference(Device)
* section 3..*
* section ^slicing.discriminator.type = #pattern
* section ^slicing.discriminator.path = "code"
* section ^slicing.rules = #open
* section ^slicing.description = "By what it holds; a section without entries says that there is nothing"
* section contains
    patients 0..1 and
    infusions 1..1 MS and
    toxicity 0..1 MS and
    response 0..1 MS and
    b-cell-aplasia 0..1 MS and
    car-kinetics 0..1 MS and
    risk-factors 0..1 MS and
    endpoints 1..1 MS and
    hct-consolidation 1..1 MS
* section[patients].code = SummarySectionCS#patients
* section[patients] ^short = "Where several Patients are one person"
* section[patients].entry only Reference(Patient)
* section[infusions].code = SummarySectionCS#infusions
* section[infusions].entry only Reference(Procedure or MedicationAdministration)
* section[toxicity].code = SummarySectionCS#toxicity
* section[toxicity].entry only Reference(CartographToxicityResult)
* section[response].code = SummarySectionCS#response
* section[response].entry only Reference(CartographResponseResult)
* section[b-cell-aplasia].code = SummarySectionCS#b-cell-aplasia
* section[b-cell-aplasia].entry only Reference(CartographBCellAplasiaResult)
* section[car-kinetics].code = SummarySectionCS#car-kinetics
* section[car-kinetics].entry only Reference(CartographCarKineticsResult)
* section[risk-factors].code = SummarySectionCS#risk-factors
* section[risk-factors].entry only Reference(CartographRiskFactorResult)
* section[endpoints].code = SummarySectionCS#endpoints
* section[endpoints].entry only Reference(CartographTimeToEvent)
* section[hct-consolidation].code = SummarySectionCS#hct-consolidation
* section[hct-consolidation].entry only Reference(CartographHctAssessment)

Instance: example-summary
InstanceOf: CartographSummary
Usage: #example
Title: "Example: summary of a course"
Description: "The example patient's infusion, event-free survival and assessment; the document would carry each of them."
* insert ExampleDerived
* status = #final
* subject = Reference(example-patient)
* date = "2025-06-01T12:00:00Z"
* author = Reference(Device/cartograph) "Cartograph"
* title = "CAR-T summary as of 2025-06-01"
* section[infusions].title = "CAR-T infusions"
* section[infusions].entry = Reference(example-car-t-infusion)
* section[endpoints].title = "Endpoints"
* section[endpoints].entry = Reference(example-time-to-event)
* section[hct-consolidation].title = "Eligibility for consolidative HCT"
* section[hct-consolidation].entry = Reference(example-hct-assessment)
