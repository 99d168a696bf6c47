ValueSet: BCellMeasureVS
Id: cartograph-b-cell-measure
Title: "Measures of B cells"
Description: "B cells as a share of lymphocytes, as a share of leukocytes, or per volume."
* insert ValueSetRules
* ObservationCS#b-cells-percent-of-lymphocytes
* ObservationCS#b-cells-percent-of-leukocytes
* ObservationCS#b-cells-per-volume
