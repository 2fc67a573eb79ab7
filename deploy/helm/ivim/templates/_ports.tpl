{{/* Ports inside the pods: the defaults of the programs (docs/cluster.md), and PostgreSQL's. A test holds them. */}}
{{- define "ivim.nodePort" -}}4053{{- end }}
{{- define "ivim.apiPort" -}}8053{{- end }}
{{- define "ivim.databasePort" -}}5432{{- end }}
