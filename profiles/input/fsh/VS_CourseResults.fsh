ValueSet: ResultDefinitionVS
Id: cartograph-result-definition
Title: "Definitions of the results of a course"
Description: "All definitions."
* insert ValueSetRules
* include codes from system ResultDefinitionCS

ValueSet: BCellStateVS
Id: cartograph-result-b-cell-state
Title: "States of an episode of B-cell aplasia"
Description: "All states."
* insert ValueSetRules
* include codes from system BCellStateCS

ValueSet: ExpansionVS
Id: cartograph-result-expansion
Title: "Expansion of CAR-T cells"
Description: "All answers."
* insert ValueSetRules
* include codes from system ExpansionCS

ValueSet: ResponseResultVS
Id: cartograph-result-response
Title: "Responses to a course"
Description: "All categories and states, and whether something happened."
* insert ValueSetRules
* include codes from system ResponseResultCS
* include codes from system CriterionResultCS
