ValueSet: EndpointVS
Id: cartograph-result-endpoint
Title: "Endpoint definitions"
Description: "All endpoint definitions of this guide; a site may add its own."
* insert ValueSetRules
* include codes from system EndpointCS

ValueSet: EventStatusVS
Id: cartograph-result-event-status
Title: "Status of a time-to-event result"
Description: "All statuses."
* insert ValueSetRules
* include codes from system EventStatusCS

ValueSet: EventTypeVS
Id: cartograph-result-event-type
Title: "Kinds of event and censoring"
Description: "All kinds."
* insert ValueSetRules
* include codes from system EventTypeCS

ValueSet: HctStatusVS
Id: cartograph-result-hct-status
Title: "Status of HCT consolidation"
Description: "All statuses."
* insert ValueSetRules
* include codes from system HctStatusCS

ValueSet: HctBranchVS
Id: cartograph-result-hct-branch
Title: "Branches of the HCT rule set"
Description: "All branches."
* insert ValueSetRules
* include codes from system HctBranchCS

ValueSet: HctCriterionVS
Id: cartograph-result-hct-criterion
Title: "Criteria of the HCT rule set"
Description: "All criteria."
* insert ValueSetRules
* include codes from system HctCriterionCS

ValueSet: CriterionResultVS
Id: cartograph-result-criterion
Title: "Results of a criterion"
Description: "All results."
* insert ValueSetRules
* include codes from system CriterionResultCS
