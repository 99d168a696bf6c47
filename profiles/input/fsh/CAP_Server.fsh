RuleSet: Served(type)
* rest.resource[+].type = #{type}
* rest.resource[=].interaction[+].code = #read
* rest.resource[=].interaction[+].code = #vread
* rest.resource[=].interaction[+].code = #create
* rest.resource[=].interaction[+].code = #update
* rest.resource[=].interaction[+].code = #delete
* rest.resource[=].interaction[+].code = #history-instance
* rest.resource[=].interaction[+].code = #search-type

RuleSet: Supports(profile)
* rest.resource[=].supportedProfile[+] = Canonical({profile})

RuleSet: SearchedByCore(code, type, definition)
* rest.resource[=].searchParam[+].name = "{code}"
* rest.resource[=].searchParam[=].type = #{type}
* rest.resource[=].searchParam[=].definition = "http://hl7.org/fhir/SearchParameter/{definition}"

RuleSet: SearchedBy(code, type, definition)
* rest.resource[=].searchParam[+].name = "{code}"
* rest.resource[=].searchParam[=].type = #{type}
* rest.resource[=].searchParam[=].definition = Canonical({definition})

RuleSet: Operation(code, definition)
* rest.resource[=].operation[+].name = "{code}"
* rest.resource[=].operation[=].definition = Canonical({definition})

Instance: cartograph-server
InstanceOf: CapabilityStatement
Usage: #definition
Title: "A server of this guide"
Description: "What a server offers that takes the facts of this guide in and gives its results."
* name = "CartographServer"
* title = "A server of this guide"
* status = #draft
* date = "2026-01-01"
* kind = #requirements
* description = "What a server offers that takes the facts of this guide in and gives its results."
* fhirVersion = #4.0.1
* format = #json
* rest.mode = #server
* rest.documentation = "Facts are stored as they come. Results are computed when they are asked for, by the operations, and carry the tag derived."
* rest.interaction[+].code = #transaction
* rest.interaction[+].code = #batch

* insert Served(Patient)
* insert Supports(CartographPatient)
* insert SearchedByCore(identifier, token, Patient-identifier)
* insert SearchedByCore(family, string, individual-family)
* insert SearchedByCore(birthdate, date, individual-birthdate)
* insert Operation(time-to-event, patient-time-to-event)
* insert Operation(hct-consolidation, patient-hct-consolidation)
* insert Operation(toxicity, patient-toxicity)
* insert Operation(b-cell-aplasia, patient-b-cell-aplasia)
* insert Operation(car-kinetics, patient-car-kinetics)
* insert Operation(risk-factors, patient-risk-factors)
* insert Operation(response, patient-response)
* insert Operation(cart-summary, patient-cart-summary)

* insert Served(Condition)
* insert Supports(CartographBAll)
* insert Supports(CartographInfection)
* insert Supports(CartographSecondMalignancy)
* insert SearchedByCore(subject, reference, Condition-subject)
* insert SearchedByCore(code, token, clinical-code)
* insert SearchedByCore(onset-date, date, Condition-onset-date)
* insert SearchedBy(infection-class, token, condition-infection-class)

* insert Served(BiologicallyDerivedProduct)
* insert Supports(CartographCarTProduct)
* insert SearchedBy(identifier, token, product-lot)
* insert SearchedBy(product-code, token, product-code)

* insert Served(Procedure)
* insert Supports(CartographCarTInfusion)
* insert Supports(CartographHct)
* insert Supports(CartographLeukapheresis)
* insert Supports(CartographTherapyProcedure)
* insert SearchedByCore(subject, reference, Procedure-subject)
* insert SearchedByCore(code, token, clinical-code)
* insert SearchedByCore(date, date, clinical-date)
* insert SearchedBy(car-t-product, reference, procedure-car-t-product)
* insert SearchedBy(car-t-dose, quantity, procedure-car-t-dose)
* insert SearchedBy(hct-donor, token, procedure-hct-donor)
* insert SearchedBy(hct-conditioning, token, procedure-hct-conditioning)

* insert Served(MedicationAdministration)
* insert Supports(CartographCarTAdministration)
* insert Supports(CartographLymphodepletion)
* insert Supports(CartographSupportiveDrug)
* insert Supports(CartographTherapy)
* insert SearchedByCore(subject, reference, MedicationAdministration-subject)
* insert SearchedByCore(code, token, clinical-code)
* insert SearchedByCore(effective-time, date, MedicationAdministration-effective-time)

* insert Served(Observation)
* insert Supports(CartographAdjudication)
* insert Supports(CartographBCells)
* insert Supports(CartographBlinatumomabResponse)
* insert Supports(CartographCapdScore)
* insert Supports(CartographCauseOfDeath)
* insert Supports(CartographClinicalSign)
* insert Supports(CartographCresGrade)
* insert Supports(CartographCrsGrade)
* insert Supports(CartographCytogeneticMarker)
* insert Supports(CartographDiseaseStatus)
* insert Supports(CartographFirstHctConditioning)
* insert Supports(CartographFirstHctDonor)
* insert Supports(CartographFludarabineExposure)
* insert Supports(CartographGvhdGrade)
* insert Supports(CartographHctDecision)
* insert Supports(CartographHistoryAssertion)
* insert Supports(CartographHlhGrade)
* insert Supports(CartographIcahtGrade)
* insert Supports(CartographIcansGrade)
* insert Supports(CartographIceScore)
* insert Supports(CartographIecHsGrade)
* insert Supports(CartographLaboratoryValue)
* insert Supports(CartographMarrowBlasts)
* insert Supports(CartographMrd)
* insert Supports(CartographNeuroAssessment)
* insert Supports(CartographOxygenSupport)
* insert Supports(CartographToxicityGrade)
* insert Supports(CartographTransgene)
* insert Supports(CartographVitalSign)
* insert Supports(CartographVitalStatus)
* insert SearchedByCore(subject, reference, Observation-subject)
* insert SearchedByCore(code, token, clinical-code)
* insert SearchedByCore(date, date, clinical-date)
* insert SearchedByCore(value-concept, token, Observation-value-concept)
* insert SearchedByCore(value-quantity, quantity, Observation-value-quantity)
* insert SearchedBy(adjudicates, reference, observation-adjudicates)

* insert Served(Specimen)
* insert Supports(CartographSpecimen)
* insert SearchedByCore(subject, reference, Specimen-subject)
* insert SearchedByCore(type, token, Specimen-type)

* insert Served(Encounter)
* insert Supports(CartographIntensiveCareStay)
* insert SearchedByCore(subject, reference, Encounter-subject)
* insert SearchedByCore(date, date, clinical-date)
* insert SearchedByCore(location, reference, Encounter-location)

* insert Served(Location)
* insert Supports(CartographIntensiveCarePlace)
* insert SearchedByCore(type, token, Location-type)

* insert Served(Group)
* insert Operation(hct-consolidation, group-hct-consolidation)
* insert Operation(survival, group-survival)
* insert Operation(cumulative-incidence, group-cumulative-incidence)
