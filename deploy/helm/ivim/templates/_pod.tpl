{{/* What all pods of the chart share. */}}
{{- define "ivim.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.podSecurity.runAsUser }}
runAsUser: {{ . }}
{{- end }}
{{- with .Values.podSecurity.runAsGroup }}
runAsGroup: {{ . }}
{{- end }}
{{- with .Values.podSecurity.fsGroup }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "ivim.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* Where and how a pod may run. Of: root, component, of (seeds, or a pool), selector (labels). */}}
{{- define "ivim.placement" -}}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .of.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
{{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    {{- /* Not all clusters have zones. */}}
    whenUnsatisfiable: {{ hasSuffix "zone" $key | ternary "ScheduleAnyway" ($.of.whenUnspreadable | default "ScheduleAnyway") }}
    labelSelector:
      matchLabels:
        {{- $.selector | nindent 8 }}
{{- end }}
{{- end }}

{{/* OpenMP reads the first two as it is loaded; by its report a crash is told from a kill (docs/decisions/0008). */}}
{{- define "ivim.environment" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: OMP_NUM_THREADS
  value: "1"
- name: OMP_WAIT_POLICY
  value: PASSIVE
- name: DOTNET_gcServer
  value: "0"
- name: DOTNET_DbgEnableMiniDump
  value: "1"
- name: DOTNET_EnableCrashReportOnly
  value: "1"
- name: DOTNET_DbgMiniDumpName
  value: /var/lib/ivim/work/crashes/%h-%p
{{- end }}

{{/* Arguments of seeds and workers alike. Of: root, grace. */}}
{{- define "ivim.arguments" -}}
- --port={{ include "ivim.nodePort" .root }}
- --seeds={{ include "ivim.seedList" .root }}
- --work=/var/lib/ivim/work
- --grace={{ .grace }}
{{- if eq .root.Values.tls.mode "insecure" }}
- --insecure
{{- else }}
- --tls=/etc/ivim/tls
- --tls-subject={{ .root.Values.tls.subject }}
{{- end }}
{{- with .root.Values.settings }}
{{- if not (kindIs "invalid" .lease) }}
- --lease={{ .lease }}
{{- end }}
{{- if not (kindIs "invalid" .heartbeat) }}
- --heartbeat={{ .heartbeat }}
{{- end }}
{{- if not (kindIs "invalid" .heartbeatPause) }}
- --heartbeat-pause={{ .heartbeatPause }}
{{- end }}
{{- if not (kindIs "invalid" .stableAfter) }}
- --stable-after={{ .stableAfter }}
{{- end }}
{{- if not (kindIs "invalid" .cutOff) }}
- --cut-off={{ .cutOff }}
{{- end }}
{{- end }}
{{- end }}

{{- define "ivim.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: work
  mountPath: /var/lib/ivim
{{- if ne .Values.tls.mode "insecure" }}
- name: tls
  mountPath: /etc/ivim/tls
  readOnly: true
{{- end }}
{{- range .Values.storage.data }}
- name: data-{{ .name }}
  mountPath: {{ .mountPath }}
  readOnly: {{ ne (toString .readOnly) "false" }}
{{- end }}
{{- end }}

{{- define "ivim.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 1Gi
- name: work
  persistentVolumeClaim:
    claimName: {{ include "ivim.workClaim" . }}
{{- if ne .Values.tls.mode "insecure" }}
- name: tls
  secret:
    secretName: {{ include "ivim.tlsSecret" . }}
    {{- /* 0440: the pod's group reads it. */}}
    defaultMode: 288
    items:
      - { key: ca.crt, path: ca.crt }
      - { key: tls.crt, path: tls.crt }
      - { key: tls.key, path: tls.key }
{{- end }}
{{- range .Values.storage.data }}
- name: data-{{ .name }}
  persistentVolumeClaim:
    claimName: {{ .existingClaim }}
    readOnly: {{ ne (toString .readOnly) "false" }}
{{- end }}
{{- end }}
