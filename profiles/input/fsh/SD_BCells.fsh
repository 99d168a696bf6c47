Profile: CartographBCells
Parent: Observation
Id: cartograph-b-cells
Title: "B-cell measurement"
Description: "CD19-positive B cells, with the denominator in the code, for one percentage is not the other. Without a specimen it is blood."
* insert AnswerObservation
* obeys cart-b-cell-percent-unit
* obeys cart-b-cell-volume-unit
* code from BCellMeasureVS (required)
* value[x] only Quantity
* insert UcumQuantity
* specimen MS
* specimen only Reference(CartographSpecimen)
