Profile: CartographPatient
Parent: Patient
Id: cartograph-patient
Title: "Person"
Description: "The treated person. Neither name nor address is needed. An identifier is, for it joins what several hospitals know."
* identifier 1..* MS
* identifier.use MS
* identifier.system 1..1 MS
* identifier.value 1..1 MS
* gender MS
* birthDate MS
* deceased[x] MS
* link MS
