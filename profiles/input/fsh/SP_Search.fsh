RuleSet: Search(code, type, base)
* code = #{code}
* status = #draft
* base = #{base}
* type = #{type}
* multipleOr = true
* multipleAnd = true

// By the end of the extension's URL, for FSH names artefacts and not their URLs.
RuleSet: ExtensionSearch(code, type, base, value)
* insert Search({code}, {type}, {base})
* expression = "{base}.extension.where(url.endsWith('/{code}')).value.ofType({value})"

Instance: product-lot
InstanceOf: SearchParameter
Usage: #definition
Title: "Lot of a CAR-T product"
Description: "The identifier of the cells; R4 has no search parameter for biologically derived products."
* name = "ProductLot"
* description = "The identifier of the cells; R4 has no search parameter for biologically derived products."
* insert Search(identifier, token, BiologicallyDerivedProduct)
* expression = "BiologicallyDerivedProduct.identifier"

Instance: product-code
InstanceOf: SearchParameter
Usage: #definition
Title: "CAR-T product"
Description: "Which product it is, such as tisagenlecleucel."
* name = "ProductCode"
* description = "Which product it is, such as tisagenlecleucel."
* insert Search(product-code, token, BiologicallyDerivedProduct)
* expression = "BiologicallyDerivedProduct.productCode"

Instance: procedure-car-t-product
InstanceOf: SearchParameter
Usage: #definition
Title: "Product of an infusion"
Description: "The CAR-T product that an infusion gave."
* name = "ProcedureCarTProduct"
* description = "The CAR-T product that an infusion gave."
* insert ExtensionSearch(car-t-product, reference, Procedure, Reference)
* target = #BiologicallyDerivedProduct

Instance: procedure-car-t-dose
InstanceOf: SearchParameter
Usage: #definition
Title: "Dose of an infusion"
Description: "CAR-positive viable T cells that an infusion gave, in either of its units."
* name = "ProcedureCarTDose"
* description = "CAR-positive viable T cells that an infusion gave, in either of its units."
* insert ExtensionSearch(car-t-dose, quantity, Procedure, Quantity)

Instance: procedure-hct-donor
InstanceOf: SearchParameter
Usage: #definition
Title: "Donor of a transplantation"
Description: "Kind of donor of a haematopoietic cell transplantation."
* name = "ProcedureHctDonor"
* description = "Kind of donor of a haematopoietic cell transplantation."
* insert ExtensionSearch(hct-donor, token, Procedure, CodeableConcept)

Instance: procedure-hct-conditioning
InstanceOf: SearchParameter
Usage: #definition
Title: "Conditioning of a transplantation"
Description: "Kind of conditioning before a haematopoietic cell transplantation."
* name = "ProcedureHctConditioning"
* description = "Kind of conditioning before a haematopoietic cell transplantation."
* insert ExtensionSearch(hct-conditioning, token, Procedure, CodeableConcept)

Instance: condition-infection-class
InstanceOf: SearchParameter
Usage: #definition
Title: "Class of an infection"
Description: "Kind of organism that caused an infection."
* name = "ConditionInfectionClass"
* description = "Kind of organism that caused an infection."
* insert ExtensionSearch(infection-class, token, Condition, CodeableConcept)

Instance: observation-adjudicates
InstanceOf: SearchParameter
Usage: #definition
Title: "What an adjudication decides about"
Description: "The resource that a clinician's decision is about."
* name = "ObservationAdjudicates"
* description = "The resource that a clinician's decision is about."
* insert ExtensionSearch(adjudicates, reference, Observation, Reference)
