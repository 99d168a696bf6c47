CodeSystem: BlinatumomabResponseCS
Id: cartograph-blinatumomab-response
Title: "Response to blinatumomab"
Description: "Best response to blinatumomab."
* insert CodeSystemRules
* #response "Response"
* #non-response "No response"
