ValueSet: HctVS
Id: cartograph-hct
Title: "Haematopoietic cell transplantations"
Description: "Transplantations, with or without the word on allogeneic or autologous."
* insert ValueSetRules
* ProcedureCS#allogeneic-hct
* ProcedureCS#autologous-hct
* ProcedureCS#hct

ValueSet: HctDonorVS
Id: cartograph-hct-donor
Title: "Kinds of HCT donor"
Description: "All kinds of donor."
* insert ValueSetRules
* include codes from system HctDonorCS

ValueSet: ConditioningVS
Id: cartograph-conditioning
Title: "Kinds of conditioning"
Description: "All kinds of conditioning."
* insert ValueSetRules
* include codes from system ConditioningCS

ValueSet: HctDecisionVS
Id: cartograph-hct-decision
Title: "Questions on the way to HCT"
Description: "What has to be answered by people before a transplantation."
* insert ValueSetRules
* ObservationCS#fit-for-hct
* ObservationCS#donor-available
* ObservationCS#hct-desired
