ValueSet: VitalStatusVS
Id: cartograph-vital-status
Title: "Vital status"
Description: "All states."
* insert ValueSetRules
* include codes from system VitalStatusCS

ValueSet: DeathCauseVS
Id: cartograph-death-cause
Title: "Causes of death"
Description: "All causes."
* insert ValueSetRules
* include codes from system DeathCauseCS
