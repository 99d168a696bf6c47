Instance: example-car-t-product
InstanceOf: CartographCarTProduct
Usage: #example
Title: "Example: CAR-T product"
Description: "One lot of tisagenlecleucel."
* insert Synthetic
* identifier.system = "https://manufacturer.example.org/lot"
* identifier.value = "LOT-4711"
* productCategory = #cells
* productCode = ProductCS#tisagenlecleucel
* extension[costimulatoryDomain].valueCodeableConcept = CostimulationCS#4-1BB
* extension[cellSource].valueCodeableConcept = CellSourceCS#autologous

Instance: example-car-t-infusion
InstanceOf: CartographCarTInfusion
Usage: #example
Title: "Example: CAR-T infusion"
Description: "An infusion with its product and dose, per kg and absolute."
* insert ExampleAct(2024-03-04)
* code = ProcedureCS#car-t-infusion
* extension[product].valueReference = Reference(example-car-t-product)
* extension[dose][0].valueQuantity = 3.1 '10*6/kg'
* extension[dose][1].valueQuantity = 120 '10*6'

Instance: example-car-t-infusion-not-done
InstanceOf: CartographCarTInfusion
Usage: #example
Title: "Example: infusion that did not happen"
Description: "The planned infusion was not done."
* insert Synthetic
* status = #not-done
* code = ProcedureCS#car-t-infusion
* subject = Reference(example-patient)

Instance: example-car-t-administration
InstanceOf: CartographCarTAdministration
Usage: #example
Title: "Example: CAR-T infusion as administered medication"
Description: "The same infusion from the medication record, with an ATC code beside ours."
* insert ExampleAdministration
* medicationCodeableConcept.coding[0] = ProductCS#tisagenlecleucel
* medicationCodeableConcept.coding[+] = $ATC#L01XL04
* effectiveDateTime = "2024-03-04T10:40:00+01:00"
* dosage.dose = 120 '10*6'
