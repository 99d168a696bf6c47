Instance: example-b-cells-percent
InstanceOf: CartographBCells
Usage: #example
Title: "Example: B cells as percentage of lymphocytes"
Description: "B-cell aplasia on day 28, below the limit of detection."
* insert ExampleObservation(2024-04-01)
* code = ObservationCS#b-cells-percent-of-lymphocytes
* valueQuantity.comparator = #<
* valueQuantity.value = 0.1
* valueQuantity.system = $UCUM
* valueQuantity.code = #%

Instance: example-b-cells-volume
InstanceOf: CartographBCells
Usage: #example
Title: "Example: B cells per volume"
Description: "Returning B cells."
* insert ExampleObservation(2024-07-15)
* code = ObservationCS#b-cells-per-volume
* valueQuantity = 64 '/uL'
