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

Invariant: cart-grade-system
Description: "A grade names its grading system, for it means nothing without."
Severity: #error
Expression: "value.exists() implies method.exists()"

Invariant: cart-grade-range
Description: "A grade is between 0 and 5."
Severity: #error
Expression: "value.ofType(integer).empty() or (value.ofType(integer) >= 0 and value.ofType(integer) <= 5)"

Invariant: cart-adjudication
Description: "A statement that decides about another resource has an author and the date of the decision."
Severity: #error
Expression: "extension.where(url.endsWith('/StructureDefinition/adjudicates')).exists() implies (performer.exists() and issued.exists())"

Invariant: cart-ice-range
Description: "An ICE score is between 0 and 10."
Severity: #error
Expression: "value.ofType(integer).empty() or (value.ofType(integer) >= 0 and value.ofType(integer) <= 10)"

Invariant: cart-capd-range
Description: "A CAPD score is between 0 and 32."
Severity: #error
Expression: "value.ofType(integer).empty() or (value.ofType(integer) >= 0 and value.ofType(integer) <= 32)"

Invariant: cart-count
Description: "A number of drugs is not negative."
Severity: #error
Expression: "value.ofType(integer).empty() or value.ofType(integer) >= 0"

Invariant: cart-assessment-parts
Description: "An examination has findings or says why there are none, unless it was cancelled or entered in error."
Severity: #error
Expression: "status = 'cancelled' or status = 'entered-in-error' or component.exists() or dataAbsentReason.exists()"

Invariant: cart-duration-unit
Description: "The duration of a seizure is in seconds, minutes or hours (UCUM s, min, h)."
Severity: #error
Expression: "system = 'http://unitsofmeasure.org' and (code = 's' or code = 'min' or code = 'h')"

Invariant: cart-intensive-care
Description: "A stay in intensive care is in a place whose type is ICU, PEDICU or PEDNICU of v3-RoleCode."
Severity: #error
Expression: "type.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode' and (code = 'ICU' or code = 'PEDICU' or code = 'PEDNICU')).exists()"

Invariant: cart-infection-course
Description: "An infection does not end before it begins."
Severity: #error
Expression: "(onset.ofType(dateTime) > abatement.ofType(dateTime)).where($this = true).empty()"
