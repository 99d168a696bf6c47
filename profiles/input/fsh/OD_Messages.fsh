Instance: process-message
InstanceOf: OperationDefinition
Usage: #definition
Title: "Process a message"
Description: "Stores what a message brings and answers it by a message, at once."
* name = "ProcessMessage"
* title = "Process a message"
* description = "Stores what a message of any event brings, whole or not at all: a resource with an id under that id, one without under a new one; references between entries are resolved by fullUrl. The header is not stored. The answer is a message whose header names the id of the header that it answers, with response code ok, fatal-error (the HTTP status is that of the refusal) or transient-error (503, to be sent again). A message that is sent again under the id of its header is answered as the first time and changes nothing; another content under that id is refused."
* base = "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message"
* code = #process-message
* status = #draft
* kind = #operation
* affectsState = true
* system = true
* type = false
* instance = false
* insert InParameter(content, 1, 1, Bundle, [[The message. It may also be the whole body.]])
* insert InParameter(async, 0, 1, boolean, [[Only false: messages are answered at once.]])
* insert OutParameter(return, 1, 1, Bundle, [[The message that answers.]])
