// What Cartograph says, never what it is told: these systems are no part of native input.

CodeSystem: TagCS
Id: cartograph-tag
Title: "Tags"
Description: "Tags in meta.tag."
* insert CodeSystemRules
* #derived "Derived" "Computed by Cartograph. Such a resource is stored when it comes in, and never read as a fact."

CodeSystem: ResultCS
Id: cartograph-result
Title: "Results"
Description: "What a computed observation answers."
* insert CodeSystemRules
* #time-to-event "Time to event" "Whether and when the event of a named endpoint happened."
* #survival "Survival" "The probability of having been free of the event up to a time."
* #cumulative-incidence "Cumulative incidence" "The probability of having had the event up to a time, competing events taken as such."
* #response "Response" "What became of the leukaemia after one infusion: response, MRD, relapse."
* #toxicity "Toxicity" "What a course of CAR-T cells did: a grade, or whether it happened."
* #b-cell-aplasia "B-cell aplasia" "What became of B-cell aplasia after one infusion."
* #car-kinetics "Kinetics of CAR-T cells" "How the cells expanded and persisted."
* #risk-factor "Risk factor" "Something that speaks for failure of a course, or for thinking of a measure."

CodeSystem: ResultComponentCS
Id: cartograph-result-component
Title: "Parts of a result"
Description: "What a component of a computed observation says."
* insert CodeSystemRules
* #definition-version "Version of the definition"
* #course "CAR-T course" "Number of the infusion that the endpoint starts from; 1 is the first."
* #origin-date "Origin" "Day from which time is counted."
* #event-type "What ended the time" "The kind of event, of competing event or of censoring."
* #event-date "Date of event or censoring"
* #days "Days from origin"
* #months "Months from origin" "For display; days decide."
* #flag "Flag" "Something that a reader of the result should know."
* #missing-input "Missing input" "What could have changed the result and is not on record."
* #parameter "Parameter" "A named parameter of the definition with its value; its name is the text of the code."
* #occurred "Occurred"
* #grade-status "How sure the grade is" "EXACT, AT_LEAST or INDETERMINATE."
* #grade-basis "What the grade rests on" "ADJUDICATED, COMPUTED, REPORTED or DEATH."
* #severe "Severe"
* #computed-grade "Computed grade" "Whatever was reported or decided."
* #reported-grade "Reported grade" "Highest of one system; the system is the text of the code."
* #peak-day "Day of the peak" "From the infusion; of a count, that of the lowest."
* #onset-date "Date of onset"
* #onset-day "Day of onset"
* #end-date "Date of the end" "The reason is the text of the code."
* #end-day "Day of the end"
* #duration "Duration"
* #count "Count" "What is counted is the text of the code."
* #criterion "Criterion" "Its name is the text of the code."
* #observed "Observed value"
* #threshold "Threshold"
* #published-effect "Published effect" "The cohort is the text of the code."
* #status-at-as-of "Status on the day of evaluation"
* #last-aplasia-day "Last day with aplasia"
* #loss-date "Date of first detected loss"
* #loss-day "Day of first detected loss"
* #loss-within "Loss within six months" "The window is the text of the code."
* #specimen "Specimen"
* #cmax "Peak level"
* #tmax "Day of the peak level"
* #tlast "Last day with a quantifiable level"
* #auc "Area under the curve" "The rule is the text of the code."
* #level-day-28 "Level at day 28"
* #event-day "Day of the event" "From the infusion; of a response, that of the assessment."
* #antigen-class "Antigen class of a relapse" "CD19_POS, CD19_NEG, CD19_DIM, CD19_MIXED, LINEAGE_SWITCH or UNKNOWN."
* #site "Site of a relapse" "BM, CNS, TESTIS, OTHER_EM, joined by +."
* #checklist "Entry of a checklist" "What is asked is the text of the code."

CodeSystem: EndpointCS
Id: cartograph-result-endpoint
Title: "Endpoint definitions"
Description: "Endpoints by name of their definition. Definitions that answer different questions have different names."
* insert CodeSystemRules
* #OS "Overall survival" "From infusion to death."
* #LFS_PEKING "Leukaemia-free survival, Peking form" "No response, relapse or death; not censored at transplantation or further therapy in remission."
* #DFS_NOCENS "Disease-free survival without censoring" "Another name of LFS_PEKING."
* #EFS_ELIANA_CENS "Event-free survival, trial form, censored" "Censored at transplantation or further therapy in remission; no response counts from the day of infusion."
* #EFS_ELIANA_NOCENS "Event-free survival, trial form, not censored" "As EFS_ELIANA_CENS, but transplantation and further therapy in remission are ignored."
* #EFS_RW_D28 "Event-free survival, real-world form" "No response by day 42, relapse, death or second malignancy; transplantation and further therapy in remission are ignored."
* #EFS_BE_A "Event-free survival, Belgian cohort, first reading" "Transplantation is what followed a relapse."
* #EFS_BE_B "Event-free survival, Belgian cohort, second reading" "Transplantation itself is an event."
* #EFS_ANYTX "Event-free survival, any further therapy an event"
* #EFS_STRINGENT "Event-free survival, stringent" "Measurable residual disease and any further therapy are events."
* #RFS_CENS "Relapse-free survival of responders, censored" "Censored at transplantation or further therapy in remission."
* #RFS_NOCENS "Relapse-free survival of responders, not censored"
* #DOR_CR "Duration of remission"
* #CIR "Cumulative incidence of relapse" "No response counts as an event of its own kind; death in remission competes."
* #CIR_HCT_COMPETING "Cumulative incidence of relapse, transplantation competing"
* #CIR_CD19NEG "Cumulative incidence of CD19-negative relapse"
* #CIR_CD19POS "Cumulative incidence of CD19-positive relapse"
* #NRM "Non-relapse mortality"
* #BCALOSS_CIF "Cumulative incidence of loss of B-cell aplasia" "Everyone infused is at risk."
* #BCALOSS_CIF_ACHIEVED "Cumulative incidence of loss of B-cell aplasia, from its onset" "Those who achieved aplasia are at risk."
* #REL_OR_BCALOSS "Relapse or loss of B-cell aplasia"
* #NR_CD19NEG_COMPOSITE "No response, or CD19-negative relapse"
* #EFS_CART2 "Event-free survival after the second infusion" "As EFS_RW_D28, from the second infusion."
* #EFS_CART2_ANYTX "Event-free survival after the second infusion, any further therapy an event"
* #MED_TIME_TO_RELAPSE "Time to relapse among those who relapsed" "Descriptive and biased."

CodeSystem: EventStatusCS
Id: cartograph-result-event-status
Title: "Status of a time-to-event result"
Description: "How the time of an endpoint ended."
* insert CodeSystemRules
* #EVENT "Event"
* #COMPETING "Competing event"
* #CENSORED "Censored"
* #NOT_APPLICABLE "Not applicable" "The endpoint's population does not include the person."
* #INDETERMINATE "Indeterminate" "The data do not tell."

CodeSystem: EventTypeCS
Id: cartograph-result-event-type
Title: "Kinds of event and censoring"
Description: "What ended the time of an endpoint."
* insert CodeSystemRules
* #RELAPSE "Relapse"
* #NO_RESPONSE "No response"
* #MRD_RELAPSE "Re-emergence of measurable residual disease"
* #MRD_PERSISTENCE "Persistence of measurable residual disease"
* #DEATH "Death"
* #SECOND_MALIGNANCY "Second malignancy"
* #BCA_LOSS "Loss of B-cell aplasia"
* #HCT "Haematopoietic cell transplantation"
* #REINFUSION "Further CAR-T infusion"
* #NEW_THERAPY "New anti-leukaemic therapy"
* #LAST_CONTACT "Last contact"
* #LAST_DISEASE_ASSESSMENT "Last disease assessment"
* #ADMIN_CUTOFF "Data cut-off"

CodeSystem: HctStatusCS
Id: cartograph-result-hct-status
Title: "Status of HCT consolidation"
Description: "What the rule set says on transplantation in remission after CAR-T."
* insert CodeSystemRules
* #NOT_APPLICABLE "Not applicable" "Deceased, or no CD19 CAR-T for B-ALL."
* #ALREADY_TRANSPLANTED "Already transplanted after the infusion"
* #OUT_OF_SCOPE_ACTIVE_DISEASE "Out of scope: active disease"
* #OUT_OF_SCOPE_NO_RESPONSE "Out of scope: no response to CAR-T"
* #NOT_ELIGIBLE_TO_PROCEED "Not eligible to proceed" "A clinician says that the person is not fit."
* #INDETERMINATE "Indeterminate" "Data are missing that could change the answer."
* #RECOMMENDED "Recommended"
* #MAY_BE_CONSIDERED "May be considered"
* #NO_CRITERION_MET "No criterion met"
* #SPECIAL_CONSIDERATION_PRIOR_HCT "Special consideration after an earlier HCT"

CodeSystem: HctBranchCS
Id: cartograph-result-hct-branch
Title: "Branches of the HCT rule set"
Description: "Which half of the rule set applies."
* insert CodeSystemRules
* #NO_PRIOR_HCT "No HCT before CAR-T"
* #PRIOR_HCT "HCT before CAR-T"
* #UNKNOWN "Not known"

CodeSystem: HctCriterionCS
Id: cartograph-result-hct-criterion
Title: "Criteria of the HCT rule set"
Description: "Criteria for transplantation in remission after CAR-T: R speak for a recommendation, C for consideration."
* insert CodeSystemRules
* #R.a "Product with CD28 costimulation"
* #R.b "Loss of B-cell aplasia within six months"
* #R.c "Measurable residual disease after the infusion, at any level"
* #C.a "Donor available and HCT desired"
* #C.b "High leukaemic burden before lymphodepletion"
* #C.c "No response to earlier blinatumomab"
* #C.d "Another relapse unlikely to be treatable"

CodeSystem: CriterionResultCS
Id: cartograph-result-criterion
Title: "Results of a criterion"
Description: "Three-valued: what is not known is never taken as no."
* insert CodeSystemRules
* #MET "Met"
* #NOT_MET "Not met"
* #UNKNOWN "Unknown"

CodeSystem: OverrideReasonCS
Id: cartograph-override-reason
Title: "Reasons to override a card"
Description: "Why a clinician sets a card of the CDS services aside."
* insert CodeSystemRules
* #already-addressed "Already discussed or planned"
* #not-wanted "Patient or family does not want it"
* #not-possible "Not possible for this patient now"
* #data-outdated "The data are wrong or not up to date"
* #clinical-judgement "Clinical judgement differs"
