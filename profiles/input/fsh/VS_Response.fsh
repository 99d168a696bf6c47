ValueSet: DiseaseStatusVS
Id: cartograph-disease-status
Title: "Disease status"
Description: "All states."
* insert ValueSetRules
* include codes from system DiseaseStatusCS

ValueSet: SiteVS
Id: cartograph-site
Title: "Sites of leukaemia"
Description: "All sites."
* insert ValueSetRules
* include codes from system SiteCS

ValueSet: RelapseLevelVS
Id: cartograph-relapse-level
Title: "Levels of relapse"
Description: "All levels."
* insert ValueSetRules
* include codes from system RelapseLevelCS

ValueSet: Cd19ClassVS
Id: cartograph-cd19-class
Title: "Classes of CD19 expression"
Description: "All classes."
* insert ValueSetRules
* include codes from system Cd19ClassCS

ValueSet: MrdMethodVS
Id: cartograph-mrd-method
Title: "Methods of MRD"
Description: "All methods."
* insert ValueSetRules
* include codes from system MrdMethodCS

ValueSet: MrdCallVS
Id: cartograph-mrd-call
Title: "MRD calls"
Description: "All calls."
* insert ValueSetRules
* include codes from system MrdCallCS

ValueSet: SpecimenVS
Id: cartograph-specimen
Title: "Specimens"
Description: "All specimens."
* insert ValueSetRules
* include codes from system SpecimenCS
