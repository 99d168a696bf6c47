ValueSet: ProductVS
Id: cartograph-product
Title: "CAR-T products"
Description: "All CAR-T products of the list."
* insert ValueSetRules
* include codes from system ProductCS

ValueSet: CarTMedicationVS
Id: cartograph-car-t-medication
Title: "CAR-T products as medication"
Description: "CAR-T products in our code system or in ATC, current and former codes."
* insert ValueSetRules
* include codes from system ProductCS
* $ATC#L01XL03
* $ATC#L01XL04
* $ATC#L01XL05
* $ATC#L01XL06
* $ATC#L01XL07
* $ATC#L01XL08
* $ATC#L01XL12
* $ATC#L01XX70
* $ATC#L01XX71

ValueSet: CostimulationVS
Id: cartograph-costimulation
Title: "Costimulatory domains"
Description: "All costimulatory domains."
* insert ValueSetRules
* include codes from system CostimulationCS

ValueSet: CellSourceVS
Id: cartograph-cell-source
Title: "Sources of cells"
Description: "All sources of cells."
* insert ValueSetRules
* include codes from system CellSourceCS
