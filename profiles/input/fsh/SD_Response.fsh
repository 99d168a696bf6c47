Profile: CartographSpecimen
Parent: Specimen
Id: cartograph-specimen
Title: "Specimen"
Description: "What was examined; contained in the result or on its own."
* type 1..1 MS
* type from SpecimenVS (required)

Profile: CartographDiseaseStatus
Parent: Observation
Id: cartograph-disease-status
Title: "Disease status, response and relapse"
Description: "The state of the leukaemia on the day of assessment. A relapse names its sites, level and CD19 class as far as they are known."
* insert AnswerObservation
* code = ObservationCS#disease-status
* insert CodedAnswer(DiseaseStatusVS)
* insert ComponentsByCode
* insert Component(relapse-site, 0..*, CodeableConcept)
* component[relapse-site].value[x] from SiteVS (required)
* insert Component(relapse-level, 0..1, CodeableConcept)
* component[relapse-level].value[x] from RelapseLevelVS (required)
* insert Component(cd19-class, 0..1, CodeableConcept)
* component[cd19-class].value[x] from Cd19ClassVS (required)
* insert Component(lineage-switch, 0..1, boolean)

Profile: CartographMarrowBlasts
Parent: Observation
Id: cartograph-marrow-blasts
Title: "Blasts in marrow"
Description: "Leukaemic blasts as percentage of nucleated marrow cells."
* insert AnswerObservation
* code = $LNC#11150-0
* value[x] only Quantity
* insert UcumQuantity
* valueQuantity.code = #%

Profile: CartographMrd
Parent: Observation
Id: cartograph-mrd
Title: "Measurable residual disease"
Description: "An MRD result says how it was obtained: method, specimen and the sensitivity reached. The level is a fraction or a percentage, as the laboratory wrote it, with its comparator; a call alone is enough. Where both are given the call is the interpretation."
* insert AnswerObservation
* code = ObservationCS#mrd
* value[x] only Quantity or CodeableConcept
* insert UcumQuantity
* valueQuantity obeys cart-mrd-unit
* valueCodeableConcept from MrdCallVS (required)
* interpretation MS
* interpretation ^comment = "Our call stands beside HL7's interpretation code (POS, NEG, IND), which R4 binds extensibly."
* method 1..1 MS
* method from MrdMethodVS (required)
* specimen 1..1 MS
* specimen only Reference(CartographSpecimen)
* insert ComponentsByCode
* insert Component(mrd-sensitivity, 1..1, Quantity)
* component[mrd-sensitivity].valueQuantity.system 1..1
* component[mrd-sensitivity].valueQuantity.system = $UCUM
* component[mrd-sensitivity].valueQuantity.code 1..1
* component[mrd-sensitivity].valueQuantity.code = #1
