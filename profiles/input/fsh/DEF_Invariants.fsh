Invariant: cart-answer
Description: "An observation has a value or says why there is none, unless it was cancelled or entered in error."
Severity: #error
Expression: "status = 'cancelled' or status = 'entered-in-error' or value.exists() or dataAbsentReason.exists()"

Invariant: cart-component-answer
Description: "A component has a value or says why there is none."
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

Invariant: cart-took-place-when
Description: "A procedure that took place has a date."
Severity: #error
Expression: "(status = 'completed' or status = 'in-progress' or status = 'stopped') implies performed.exists()"

Invariant: cart-infusion-product
Description: "An infusion that took place names its product; a product that is not known has the code unknown."
Severity: #error
Expression: "(status = 'completed' or status = 'in-progress' or status = 'stopped') implies extension.where(url.endsWith('/StructureDefinition/car-t-product')).exists()"

Invariant: cart-dose-unit
Description: "A dose of CAR-T cells is in 10*6/kg or 10*6 cells (UCUM)."
Severity: #error
Expression: "system = 'http://unitsofmeasure.org' and (code = '10*6/kg' or code = '10*6')"

Invariant: cart-mrd-unit
Description: "An MRD level is a fraction (unit 1) or a percentage (unit %)."
Severity: #error
Expression: "code = '1' or code = '%'"

Invariant: cart-b-cell-percent-unit
Description: "B cells as a share of other cells are in %."
Severity: #error
Expression: "(value.exists() and code.coding.where(code = 'b-cells-percent-of-lymphocytes' or code = 'b-cells-percent-of-leukocytes').exists()) implies value.ofType(Quantity).code = '%'"

Invariant: cart-b-cell-volume-unit
Description: "B cells per volume are in /uL."
Severity: #error
Expression: "(value.exists() and code.coding.where(code = 'b-cells-per-volume').exists()) implies value.ofType(Quantity).code = '/uL'"

Invariant: cart-data-required
Description: "An assessment that needs more data says which."
Severity: #error
Expression: "status = 'data-required' implies dataRequirement.exists()"
