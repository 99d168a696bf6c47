ValueSet: AgentVS
Id: cartograph-agent
Title: "Agents"
Description: "All agents of the list."
* insert ValueSetRules
* include codes from system AgentCS

ValueSet: TherapyIntentVS
Id: cartograph-therapy-intent
Title: "Intents of therapy"
Description: "All intents."
* insert ValueSetRules
* include codes from system TherapyIntentCS

ValueSet: TherapyReasonVS
Id: cartograph-therapy-reason
Title: "Reasons for therapy"
Description: "All reasons."
* insert ValueSetRules
* include codes from system TherapyReasonCS

ValueSet: TherapyProcedureVS
Id: cartograph-therapy-procedure
Title: "Anti-leukaemic procedures"
Description: "Anti-leukaemic therapies that are neither drugs nor a transplantation."
* insert ValueSetRules
* ProcedureCS#donor-lymphocyte-infusion
* ProcedureCS#radiotherapy
