Instance: example-specimen
InstanceOf: CartographSpecimen
Usage: #example
Title: "Example: marrow specimen"
Description: "A marrow aspirate of day 28."
* insert Synthetic
* type = SpecimenCS#marrow
* subject = Reference(example-patient)
* collection.collectedDateTime = "2024-04-01"

Instance: example-disease-status
InstanceOf: CartographDiseaseStatus
Usage: #example
Title: "Example: remission on day 28"
Description: "Complete remission with incomplete count recovery."
* insert ExampleObservation(2024-04-01)
* code = ObservationCS#disease-status
* valueCodeableConcept = DiseaseStatusCS#CRi

Instance: example-disease-status-relapse
InstanceOf: CartographDiseaseStatus
Usage: #example
Title: "Example: combined relapse"
Description: "A CD19-negative relapse in marrow and testis, with the question's LOINC code beside ours."
* insert ExampleObservation(2025-02-18)
* code.coding[0] = ObservationCS#disease-status
* code.coding[+] = $LNC#97509-4
* valueCodeableConcept = DiseaseStatusCS#relapse
* component[relapse-site][0].valueCodeableConcept = SiteCS#marrow
* component[relapse-site][1].valueCodeableConcept = SiteCS#testis
* component[relapse-level].valueCodeableConcept = RelapseLevelCS#morphologic
* component[cd19-class].valueCodeableConcept = Cd19ClassCS#negative
* component[lineage-switch].valueBoolean = false

Instance: example-marrow-blasts
InstanceOf: CartographMarrowBlasts
Usage: #example
Title: "Example: blasts in marrow"
Description: "Blasts before lymphodepletion."
* insert ExampleObservation(2024-02-20)
* code = $LNC#11150-0
* valueQuantity = 12 '%'

Instance: example-mrd-flow
InstanceOf: CartographMrd
Usage: #example
Title: "Example: MRD by flow cytometry, negative"
Description: "Below the assay's limit; the laboratory's call is the interpretation, with HL7's code beside ours. The specimen is contained."
* insert ExampleObservation(2024-04-01)
* code = ObservationCS#mrd
* valueQuantity.comparator = #<
* valueQuantity.value = 0.01
* valueQuantity.system = $UCUM
* valueQuantity.code = #%
* interpretation.coding[0] = MrdCallCS#negative
* interpretation.coding[+] = $Interpretation#NEG
* method = MrdMethodCS#flow-cytometry
* contained = mrd-marrow
* specimen = Reference(mrd-marrow)
* component[mrd-sensitivity].valueQuantity = 0.0001 '1'

Instance: mrd-marrow
InstanceOf: CartographSpecimen
Usage: #inline
* type = SpecimenCS#marrow

Instance: example-mrd-ngs
InstanceOf: CartographMrd
Usage: #example
Title: "Example: MRD by sequencing, positive"
Description: "A call without a number."
* insert ExampleObservation(2024-04-01)
* code = ObservationCS#mrd
* valueCodeableConcept = MrdCallCS#positive-not-quantifiable
* method = MrdMethodCS#ngs
* specimen = Reference(example-specimen)
* component[mrd-sensitivity].valueQuantity = 0.000001 '1'
