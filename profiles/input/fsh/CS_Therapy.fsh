CodeSystem: AgentCS
Id: cartograph-agent
Title: "Agents"
Description: "Anti-leukaemic and lymphodepleting agents by generic name. An agent that this list lacks is sent in any standard code."
* insert CodeSystemRules
* #blinatumomab "blinatumomab"
* #inotuzumab-ozogamicin "inotuzumab ozogamicin"
* #rituximab "rituximab"
* #dasatinib "dasatinib"
* #imatinib "imatinib"
* #ponatinib "ponatinib"
* #fludarabine "fludarabine"
* #cyclophosphamide "cyclophosphamide"
* #cytarabine "cytarabine"
* #methotrexate "methotrexate"
* #vincristine "vincristine"
* #mercaptopurine "mercaptopurine"
* #etoposide "etoposide"
* #pegaspargase "pegaspargase"
* #clofarabine "clofarabine"

CodeSystem: TherapyIntentCS
Id: cartograph-therapy-intent
Title: "Intents of therapy"
Description: "What an anti-leukaemic therapy is given for."
* insert CodeSystemRules
* #new-therapy "New anti-leukaemic therapy" "Meant to treat leukaemia, or to deepen or replace a response."
* #maintenance "Maintenance" "Meant to hold a remission."
* #bridging "Bridging" "Meant to hold the disease until the infusion."
* #lymphodepletion "Lymphodepletion" "Meant to prepare the patient for the infusion."
* #prophylaxis "Prophylaxis" "Meant to prevent leukaemia at a site, as intrathecal drugs do."

CodeSystem: TherapyReasonCS
Id: cartograph-therapy-reason
Title: "Reasons for therapy"
Description: "What made the therapy necessary."
* insert CodeSystemRules
* #lack-of-efficacy "Lack of efficacy" "The CAR-T cells did not bring a remission."
* #relapse "Relapse"
* #mrd "Measurable residual disease"
* #bca-loss "Loss of B-cell aplasia"
* #planned "Planned beforehand"
* #other "Other reason"
