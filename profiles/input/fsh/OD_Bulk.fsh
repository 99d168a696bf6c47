Instance: import
InstanceOf: OperationDefinition
Usage: #definition
Title: "Bulk import"
Description: "Stores the resources of NDJSON files in the background. HL7 has published no such operation."
* name = "BulkImport"
* title = "Bulk import"
* description = "Stores the resources of NDJSON files, plain or gzip, in the background, each under its own id as an update does: what is imported twice changes nothing. Called by POST with the header Prefer: respond-async, it answers as a Bulk Data export does: 202 with Content-Location, whose place answers 202 while the job runs and then a manifest with the lines of each file that were stored, unchanged and failed, and an error file of OperationOutcomes with file and line. Reads only below folders and from hosts that the settings of the service allow."
* code = #import
* status = #draft
* kind = #operation
* affectsState = true
* system = true
* type = false
* instance = false
* insert InParameter(folder, 0, *, string, [[A folder, whose files named *.ndjson and *.ndjson.gz are imported in the order of their names. A relative one lies below a folder that the settings allow.]])
* insert InParameter(url, 0, *, url, [[A file by HTTP or HTTPS, from a host that the settings allow.]])

Extension: ImportLine
Id: import-line
Title: "Line of an import"
Description: "On an OperationOutcome of the error file of an import: where the resource stood that was not stored."
* ^context[+].type = #element
* ^context[=].expression = "OperationOutcome"
* extension contains
    file 1..1 and
    line 1..1
* extension[file] ^short = "Name of the file, or its URL without the query"
* extension[file].value[x] only string
* extension[line] ^short = "Number of the line, from 1"
* extension[line].value[x] only positiveInt
