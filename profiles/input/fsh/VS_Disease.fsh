ValueSet: MarkerVS
Id: cartograph-marker
Title: "Genetic markers"
Description: "All genetic markers."
* insert ValueSetRules
* include codes from system MarkerCS

ValueSet: MalignancyClassVS
Id: cartograph-malignancy-class
Title: "Classes of second malignancy"
Description: "All classes of second malignancy."
* insert ValueSetRules
* include codes from system MalignancyClassCS
