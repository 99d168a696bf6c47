CodeSystem: ObservationCS
Id: cartograph-observation
Title: "Questions of Cartograph"
Description: "What an observation answers, where no standard code is verified for the question."
* insert CodeSystemRules
* #disease-status "Disease status" "State of the leukaemia on that day: remission, no response, relapse."
* #mrd "Measurable residual disease" "Leukaemia below the microscope's limit, by a named method in a named specimen."
* #b-cells-percent-of-lymphocytes "B cells as percentage of lymphocytes" "CD19-positive cells among lymphocytes."
* #b-cells-percent-of-leukocytes "B cells as percentage of leukocytes" "CD19-positive cells among all leukocytes."
* #b-cells-per-volume "B cells per volume of blood" "Absolute count of CD19-positive cells."
* #vital-status "Vital status" "Whether the person was alive on the day of contact, or how contact ended."
* #cause-of-death "Cause of death" "Primary cause."
* #fit-for-hct "Fit for HCT" "The clinician's judgement that the person can proceed to transplantation."
* #donor-available "Donor available" "A suitable donor for transplantation is available."
* #hct-desired "HCT desired" "The patient or family wishes to proceed to transplantation."
* #prior-allogeneic-hct "Allogeneic HCT before CAR-T" "Whether there ever was one before the infusion."
* #blinatumomab-exposure "Blinatumomab ever given" "Whether blinatumomab was ever given before the infusion."
* #blinatumomab-response "Response to blinatumomab" "Best response to blinatumomab before the infusion."
* #refractoriness "History of refractoriness" "Whether the leukaemia was ever refractory to therapy."
* #adverse-cytogenetics "Adverse cytogenetics" "Whether any adverse genetic marker was ever found."
* #cd19-negative-clone "CD19-negative clone before CAR-T" "Whether one was ever found before the infusion."
* #comorbidities "Relevant comorbidities" "Whether there are any that bear on transplantation."
* #previous-toxicities "Relevant earlier toxicities" "Whether there were any that bear on transplantation."
* #first-hct-conditioning "Conditioning of the first HCT" "Kind of conditioning, where the procedure itself is not on record."
* #first-hct-donor "Donor of the first HCT" "Kind of donor, where the procedure itself is not on record."
* #cytogenetic-marker "Genetic marker of the leukaemia" "A named marker, found or excluded."

CodeSystem: ComponentCS
Id: cartograph-component
Title: "Parts of an answer"
Description: "What a component of an observation says."
* insert CodeSystemRules
* #relapse-site "Site of relapse" "Where leukaemia was found; repeats for a combined relapse."
* #relapse-level "Level of relapse" "How the relapse was seen: in morphology, at molecular level, or outside the marrow."
* #cd19-class "CD19 on the blasts" "Class of CD19 expression at relapse."
* #lineage-switch "Lineage switch" "The leukaemia came back as another lineage."
* #mrd-sensitivity "Sensitivity of the MRD assay" "Smallest fraction that the assay could have found in this sample."
* #marker-present "Marker present" "Whether the marker was found or excluded."
