// R4's Procedure.usedReference takes Device, Medication and Substance only, so the product is joined by extension.
Extension: CarTProduct
Id: car-t-product
Title: "CAR-T product infused"
Description: "The product that the infusion gave."
* ^context[+].type = #element
* ^context[=].expression = "Procedure"
* value[x] 1..1
* value[x] only Reference(CartographCarTProduct)

// R4's Procedure has no amount.
Extension: CarTDose
Id: car-t-dose
Title: "Dose of CAR-T cells"
Description: "CAR-positive viable T cells given, per kg of body weight or absolute; both may be sent, each in an extension of its own."
* ^context[+].type = #element
* ^context[=].expression = "Procedure"
* value[x] 1..1
* value[x] only Quantity
* valueQuantity obeys cart-dose-unit
* valueQuantity.value 1..1

Extension: CostimulatoryDomain
Id: costimulatory-domain
Title: "Costimulatory domain"
Description: "A costimulatory domain of the CAR; repeats for a third-generation product."
* insert CodedExtension(BiologicallyDerivedProduct, CostimulationVS)

Extension: CellSource
Id: cell-source
Title: "Source of the cells"
Description: "Whose T cells the product was made from."
* insert CodedExtension(BiologicallyDerivedProduct, CellSourceVS)

Profile: CartographCarTProduct
Parent: BiologicallyDerivedProduct
Id: cartograph-car-t-product
Title: "CAR-T product"
Description: "The cells of one lot. The lot is the identifier. A product that our list lacks is other-cd19 and names its costimulatory domains."
* identifier MS
* productCategory MS
* productCode 1..1 MS
* productCode from ProductVS (required)
* extension contains
    CostimulatoryDomain named costimulatoryDomain 0..* MS and
    CellSource named cellSource 0..1 MS

Profile: CartographCarTInfusion
Parent: Procedure
Id: cartograph-car-t-infusion
Title: "CAR-T infusion"
Description: "The infusion of CAR-T cells; its date is day 0. Status not-done says that cells were made or collected and this infusion did not happen."
* insert Act
* obeys cart-infusion-product
* code = ProcedureCS#car-t-infusion
* extension contains
    CarTProduct named product 0..1 MS and
    CarTDose named dose 0..2 MS

Profile: CartographCarTAdministration
Parent: MedicationAdministration
Id: cartograph-car-t-administration
Title: "CAR-T infusion as administered medication"
Description: "The same infusion where the sender records cells as medication. With a Procedure of the same day and product it is one infusion."
* insert Administration
* medication[x] from CarTMedicationVS (extensible)
* effective[x] only dateTime
